/**
 * Secrets: a value that does not print itself, and the box that seals it for one context, a place
 * in the database. A leaf.
 */
package ai.pathbound.identities.secret;
