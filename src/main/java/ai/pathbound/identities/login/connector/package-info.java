/**
 * The port to LinkedIn, and what passes through it. The rooms below it are the connectors, which do
 * not know each other.
 */
package ai.pathbound.identities.login.connector;
