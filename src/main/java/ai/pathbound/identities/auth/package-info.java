/**
 * Authentication and authorization: checks what the token library leaves open, and turns scopes
 * into roles.
 */
package ai.pathbound.identities.auth;
