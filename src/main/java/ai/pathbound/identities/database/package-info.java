/**
 * The database as a whole: how long it is waited for, what the migrations are told, and whether it
 * has the schema that this program needs; and where SQL runs in a transaction. A leaf.
 */
package ai.pathbound.identities.database;
