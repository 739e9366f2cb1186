/**
 * The few SQL statements of the login, on the reactive PostgreSQL client: PostgreSQL is the queue,
 * the lock and the record. It turns rows into states and back, and seals what it writes; it knows
 * {@code session}, {@code database}, {@code audit} and the leaves, and {@code identity} for the
 * port it implements.
 */
package ai.pathbound.identities.login.store;
