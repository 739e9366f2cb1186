package ai.pathbound.identities.login.connector;

import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.StoredSession;
import java.util.Optional;

/**
 * What a login begins with.
 *
 * @param login its id, a label for the browser
 * @param session the stored session to go on with; empty where the journal holds credentials
 * @param bringsCookie whether those credentials are a session that was made elsewhere
 */
public record LoginStart(
    SessionId login, Country country, Optional<StoredSession> session, boolean bringsCookie) {

  /** With the stored session, or with a username and a password. */
  public LoginStart(SessionId login, Country country, Optional<StoredSession> session) {
    this(login, country, session, false);
  }
}
