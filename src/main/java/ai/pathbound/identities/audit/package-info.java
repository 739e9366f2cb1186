/**
 * The audit trail: who did what to which identity, when, from where, and what came of it. An event
 * is written in the transaction that it tells of, and never changed. It holds no secret. It knows
 * {@code id}, {@code tenant}, {@code problem}, {@code json} and, for the transaction, {@code
 * database}; whoever acts knows it.
 */
package ai.pathbound.identities.audit;
