/**
 * Sends what the outbox holds: claim, sign, send, settle, on any replica, no leader. It knows
 * {@code webhook}, {@code webhook.store} and {@code webhook.guard}, and nobody who publishes.
 */
package ai.pathbound.identities.webhook.dispatcher;
