/**
 * What time it is, for everyone who must know: injected, so that tests can say so; and what timers
 * take. A leaf.
 */
package ai.pathbound.identities.time;
