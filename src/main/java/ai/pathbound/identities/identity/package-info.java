/**
 * Identities: flat CRUD on Hibernate Reactive, and the LinkedIn profile as part of an identity's
 * body. What else must happen when an identity is deleted is the port {@link
 * ai.pathbound.identities.identity.IdentityDeletionHook}.
 */
package ai.pathbound.identities.identity;
