/**
 * A connector without a network: it plays the outcome that tags in the username ask for, to try the
 * API and for clients' own tests.
 */
package ai.pathbound.identities.login.connector.sandbox;
