/**
 * Where the program begins: in production it checks first that an operator gave what it needs. It
 * knows {@code secret}.
 */
package ai.pathbound.identities.start;
