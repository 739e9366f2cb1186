package ai.pathbound.identities.login.session;

import ai.pathbound.identities.secret.Secret;

/**
 * Which browser a login is in, and where, in the connector's own form. It gives control of that
 * browser, so it is a secret.
 *
 * @param content what any replica needs to go on in that browser
 */
public record BrowserHandle(Secret content) {}
