/**
 * The names of things: TypeIDs in the API, UUIDv7 in the database. A leaf: it knows no other room.
 */
package ai.pathbound.identities.id;
