package ai.pathbound.identities.login.session;

import ai.pathbound.identities.secret.Secret;

/**
 * Who is signed in at LinkedIn, in the connector's own words. Personal data: sealed where kept,
 * never printed.
 *
 * @param key what tells one member from another
 */
public record Member(Secret key) {}
