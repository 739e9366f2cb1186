/**
 * Secrets: a value that does not print itself, and the box that seals it for one context, a place
 * in the database. It knows {@code tenant}.
 */
package ai.pathbound.identities.secret;
