/**
 * {@code Idempotency-Key}: a retried request is answered as the first one was, for a day. The key,
 * the effect and the answer are one transaction, whichever client runs it.
 */
package ai.pathbound.identities.idempotency;
