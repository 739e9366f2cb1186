/**
 * The database: the pool and its timeouts, statements and transactions, the migrations and the
 * readiness of the schema.
 */
package ai.pathbound.identities.database;
