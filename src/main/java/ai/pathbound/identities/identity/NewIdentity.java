package ai.pathbound.identities.identity;

/** A valid identity to be. */
record NewIdentity(String firstName, String lastName, String role) {}
