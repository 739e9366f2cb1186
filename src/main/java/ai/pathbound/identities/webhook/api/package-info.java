/** The webhook calls. It knows the store and the guard, and nothing of the dispatcher. */
package ai.pathbound.identities.webhook.api;
