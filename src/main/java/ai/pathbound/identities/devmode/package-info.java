/**
 * Dev mode and tests without a set-up: an embedded PostgreSQL, generated keys, and a call that
 * issues tokens. The build takes this room out of every package, so no other room may know it.
 */
package ai.pathbound.identities.devmode;
