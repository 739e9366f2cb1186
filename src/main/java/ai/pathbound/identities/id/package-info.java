/** The names of things: TypeIDs in the API, UUIDv7 in the database. */
package ai.pathbound.identities.id;
