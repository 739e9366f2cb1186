/**
 * Where the program begins, and ends: while the framework reads the settings it is checked that an
 * operator gave what production needs; a replica that stops lets its clients go and ends its
 * recurring tasks. It knows {@code secret}.
 */
package ai.pathbound.identities.start;
