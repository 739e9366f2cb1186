/**
 * Identities: flat CRUD on Hibernate Reactive, and the LinkedIn profile as part of an identity's
 * body. It writes the {@code audit} trail and does not know {@code login}; what must happen there
 * when an identity goes is the port {@link ai.pathbound.identities.identity.IdentityDeletionHook}.
 */
package ai.pathbound.identities.identity;
