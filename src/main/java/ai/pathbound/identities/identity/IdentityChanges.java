package ai.pathbound.identities.identity;

import java.util.Optional;

/** Valid changes of an identity; what is empty stays. */
record IdentityChanges(
    Optional<String> firstName, Optional<String> lastName, Optional<String> role) {}
