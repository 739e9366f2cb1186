package ai.pathbound.identities.login.store;

import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.secret.Secret;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** How a session that a login brings is one secret in its row. */
final class SealedCookie {
  private static final String SESSION = "session";
  private static final String COMPANION = "companion";

  private SealedCookie() {}

  static Secret write(Credentials.SessionCookie cookie) {
    JsonObject json = JsonObject.of(SESSION, cookie.session().reveal());
    cookie.companion().ifPresent(value -> json.put(COMPANION, value.reveal()));
    return Secret.of(json.encode());
  }

  static Credentials.SessionCookie read(Secret written) {
    JsonObject json = new JsonObject(written.reveal());
    return new Credentials.SessionCookie(
        Secret.of(json.getString(SESSION)),
        Optional.ofNullable(json.getString(COMPANION)).map(Secret::of));
  }
}
