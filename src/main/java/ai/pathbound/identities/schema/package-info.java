/**
 * The database's schema: what the migrations are told, and whether the database has the one that
 * this program needs. A leaf.
 */
package ai.pathbound.identities.schema;
