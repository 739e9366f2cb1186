/**
 * Uses of a stored LinkedIn session, one at a time across replicas: the API's checks and the
 * worker's logins.
 */
package ai.pathbound.identities.login.lease;
