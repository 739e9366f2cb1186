/**
 * The SQL of webhooks, on the plain reactive client: endpoints with their sealed secrets, the
 * outbox, and the deliveries as calls and dispatcher see them.
 */
package ai.pathbound.identities.webhook.store;
