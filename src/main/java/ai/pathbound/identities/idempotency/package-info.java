/**
 * {@code Idempotency-Key}: a retried request is answered as the first one was, for a day. The key,
 * what it does and its answer are one transaction, whichever client runs it. It knows {@code
 * tenant}, {@code problem}, {@code secret} and {@code database}.
 */
package ai.pathbound.identities.idempotency;
