/** How many requests a tenant may send. */
package ai.pathbound.identities.ratelimit;
