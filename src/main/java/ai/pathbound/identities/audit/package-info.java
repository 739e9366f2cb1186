/**
 * The audit trail: who did what to which identity, when, from where, and with which outcome. An
 * event is written in the transaction that it records, and never changed. It holds no secret.
 */
package ai.pathbound.identities.audit;
