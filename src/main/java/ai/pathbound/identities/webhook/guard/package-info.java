/**
 * Which addresses messages may be sent to: a tenant's URL must not lead into the operator's
 * network.
 */
package ai.pathbound.identities.webhook.guard;
