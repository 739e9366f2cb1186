/**
 * Where the program begins, and ends: in production it checks first that an operator gave what it
 * needs; a replica that stops lets its clients go. It knows {@code secret}.
 */
package ai.pathbound.identities.start;
