package ai.pathbound.identities.identity;

/**
 * An identity and its LinkedIn profile.
 *
 * @param identity the identity
 * @param profile its profile; null until a first login was started
 */
public record IdentityWithProfile(Identity identity, LinkedInProfile profile) {}
