package ai.pathbound.identities.identity;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * An identity and its LinkedIn profile.
 *
 * @param identity the identity
 * @param profile its profile; null until a first login was started
 */
@RegisterForReflection
public record IdentityWithProfile(Identity identity, LinkedInProfile profile) {}
