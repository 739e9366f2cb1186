package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.protocol.Remote;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.secret.Secret;
import io.vertx.core.json.JsonObject;
import java.net.URI;

/**
 * An open browser, and how it is written down so that any replica can go on in it.
 *
 * @param remote where it is
 * @param country where it goes out
 * @param challenged whether LinkedIn asked in it for a code or a confirmation
 * @param resumed whether a stored session was set in it
 */
record Browser(Remote remote, Country country, boolean challenged, boolean resumed) {
  /** A new browser. */
  Browser(Remote remote, Country country) {
    this(remote, country, false, false);
  }

  static Browser of(BrowserHandle handle) {
    JsonObject json = new JsonObject(handle.content().reveal());
    return new Browser(
        new Remote(URI.create(json.getString("endpoint")), json.getString("session")),
        new Country(json.getString("country")),
        json.getBoolean("challenged", false),
        json.getBoolean("resumed", false));
  }

  /** The same browser, in which LinkedIn has asked for a code or a confirmation. */
  Browser inChallenge() {
    return new Browser(remote, country, true, resumed);
  }

  /** The same browser, in which a stored session is used. */
  Browser withStoredSession() {
    return new Browser(remote, country, challenged, true);
  }

  BrowserHandle handle() {
    JsonObject json =
        JsonObject.of(
            "endpoint", remote.endpoint().toString(),
            "session", remote.session(),
            "country", country.code(),
            "challenged", challenged,
            "resumed", resumed);
    return new BrowserHandle(Secret.of(json.encode()));
  }
}
