/**
 * The few SQL statements of the login, on the reactive PostgreSQL client: PostgreSQL is the queue,
 * the lock and the record. This room turns rows into states and back, and seals what it writes.
 */
package ai.pathbound.identities.login.store;
