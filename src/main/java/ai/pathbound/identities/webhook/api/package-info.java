/** The webhook calls: endpoints, deliveries, messages. */
package ai.pathbound.identities.webhook.api;
