/** The injected clock, which tests replace, and the limits of timers. */
package ai.pathbound.identities.time;
