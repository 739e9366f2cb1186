/**
 * Telling tenants what happened, by Standard Webhooks (https://www.standardwebhooks.com). Here
 * stand the port by which other rooms publish, what they publish, and the settings; the rooms below
 * hold the calls, the outbox, who sends it, and what may be sent to.
 */
package ai.pathbound.identities.webhook;
