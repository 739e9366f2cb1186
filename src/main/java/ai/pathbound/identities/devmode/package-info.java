/**
 * What makes one command enough: a PostgreSQL of its own, keys made up at start, and a call that
 * mints tokens. For dev mode and tests only: the build takes this room out of every package, so no
 * other room may know it.
 */
package ai.pathbound.identities.devmode;
