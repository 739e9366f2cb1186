package ai.pathbound.identities.identity;

/**
 * A valid identity to be.
 *
 * @param firstName the first name
 * @param lastName the last name
 * @param role the role or job title
 */
record NewIdentity(String firstName, String lastName, String role) {}
