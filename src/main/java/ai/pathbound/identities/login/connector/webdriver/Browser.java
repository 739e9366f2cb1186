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
 */
record Browser(Remote remote, Country country) {
  static Browser of(BrowserHandle handle) {
    JsonObject json = new JsonObject(handle.content().reveal());
    return new Browser(
        new Remote(URI.create(json.getString("endpoint")), json.getString("session")),
        new Country(json.getString("country")));
  }

  BrowserHandle handle() {
    JsonObject json =
        JsonObject.of(
            "endpoint", remote.endpoint().toString(),
            "session", remote.session(),
            "country", country.code());
    return new BrowserHandle(Secret.of(json.encode()));
  }
}
