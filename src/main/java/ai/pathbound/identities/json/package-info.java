/**
 * How JSON is read and written: times and secrets everywhere, and request bodies by strict rules.
 */
package ai.pathbound.identities.json;
