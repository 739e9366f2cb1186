/**
 * How many requests a tenant may send. It knows {@code tenant} and {@code problem}; nobody knows
 * it.
 */
package ai.pathbound.identities.budget;
