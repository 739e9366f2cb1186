package ai.pathbound.identities.login.session;

import ai.pathbound.identities.secret.Secret;

/**
 * A LinkedIn session that can be used again: the cookies, in the connector's own form.
 *
 * @param content what the connector needs to go on as that member
 */
public record StoredSession(Secret content) {}
