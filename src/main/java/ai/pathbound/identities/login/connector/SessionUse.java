package ai.pathbound.identities.login.connector;

import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.StoredSession;

/**
 * One use of a stored session outside a login.
 *
 * @param profile whose it is, a label for the browser
 * @param session the session
 * @param country where to go out
 * @param askWho whether to ask LinkedIn whose session it is, since that is not known yet
 */
public record SessionUse(
    ProfileId profile, StoredSession session, Country country, boolean askWho) {}
