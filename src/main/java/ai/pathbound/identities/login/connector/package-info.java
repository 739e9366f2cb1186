/**
 * The port to LinkedIn, and what passes through it. It knows {@code session} and the leaves; the
 * rooms below it are the connectors, which do not know each other.
 */
package ai.pathbound.identities.login.connector;
