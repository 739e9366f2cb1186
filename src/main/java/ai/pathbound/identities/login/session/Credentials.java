package ai.pathbound.identities.login.session;

import ai.pathbound.identities.secret.Secret;

/**
 * What a person signs in with, from the request's body to the one who types it.
 *
 * @param username the LinkedIn username, trimmed
 * @param password the password, as given
 */
public record Credentials(Secret username, Secret password) {}
