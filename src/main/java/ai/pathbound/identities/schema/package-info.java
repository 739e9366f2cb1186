/**
 * The database as a whole: how long it is waited for, what the migrations are told, and whether it
 * has the schema that this program needs. A leaf.
 */
package ai.pathbound.identities.schema;
