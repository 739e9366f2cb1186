package ai.pathbound.identities.login.connector;

import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;

/**
 * What a connector writes down while it works, and the one access to what it may type. Each call
 * fails with {@link LoginLostException} where the login was ended meanwhile or another worker has
 * it: the connector stops there and types nothing.
 */
public interface LoginJournal extends SessionJournal {

  /**
   * Hands out username and password, once: the statement that commits the intent to send them also
   * takes them out of the row, so that they cannot be sent again.
   */
  Uni<Credentials.Password> takePassword();

  /** Writes down where the browser is, and then hands out what is to be typed there. */
  default Uni<Credentials.Password> takePassword(BrowserHandle browser) {
    return browserAt(browser).chain(() -> takePassword());
  }

  /** Hands out the session that the login brings, once, in the same way. */
  Uni<Credentials.SessionCookie> takeSessionCookie();

  /** Hands out the code, once, in the same way. */
  Uni<Secret> takeCode();

  /**
   * Says that what the person asked for is about to be pressed, once, in the same way: a second
   * time there is nothing to be pressed.
   */
  Uni<Void> takeRequest();
}
