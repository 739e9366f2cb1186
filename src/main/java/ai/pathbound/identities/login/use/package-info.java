/**
 * Uses of a stored LinkedIn session, one at a time. It knows the store and the port to LinkedIn,
 * and is known by whoever uses a session: the API's checks and the worker's logins.
 */
package ai.pathbound.identities.login.use;
