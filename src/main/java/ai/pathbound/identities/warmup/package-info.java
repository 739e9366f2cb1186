/**
 * What a JVM would do for the first time while a client waits: done for nobody, before the program
 * is ready.
 */
package ai.pathbound.identities.warmup;
