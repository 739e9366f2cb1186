/** Sends what the outbox holds: claim, sign, send, settle, on any replica, no leader. */
package ai.pathbound.identities.webhook.dispatcher;
