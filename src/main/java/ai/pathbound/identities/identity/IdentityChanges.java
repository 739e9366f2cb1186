package ai.pathbound.identities.identity;

import java.util.Optional;

/**
 * Valid changes of an identity; what is empty stays.
 *
 * @param firstName the first name
 * @param lastName the last name
 * @param role the role or job title
 */
record IdentityChanges(
    Optional<String> firstName, Optional<String> lastName, Optional<String> role) {}
