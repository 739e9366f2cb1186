/**
 * How JSON is read and written: times and secrets everywhere, and request bodies by strict rules.
 * It knows {@code problem} and {@code secret}.
 */
package ai.pathbound.identities.json;
