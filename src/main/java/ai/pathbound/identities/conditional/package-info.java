/**
 * Conditional requests (RFC 9110, section 13): what a client says that it has seen. Knows no other
 * room.
 */
package ai.pathbound.identities.conditional;
