/**
 * Authentication and authorization: checks what the token library leaves open and turns scopes into
 * roles. It knows {@code tenant} and {@code problem}.
 */
package ai.pathbound.identities.auth;
