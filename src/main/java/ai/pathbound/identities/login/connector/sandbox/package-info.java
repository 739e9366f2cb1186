/**
 * A connector without a network: it plays the outcome that tags in the username ask for, to try the
 * API and for clients' own tests. It knows the port above it, {@code session} and the leaves, and
 * no other connector.
 */
package ai.pathbound.identities.login.connector.sandbox;
