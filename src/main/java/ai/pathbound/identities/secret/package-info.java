/**
 * Secrets: a value that does not print itself, and the box that seals it for one tenant, row and
 * column.
 */
package ai.pathbound.identities.secret;
