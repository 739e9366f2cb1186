package ai.pathbound.identities.login.connector.sandbox;

import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * A session of the sandbox, as it is stored.
 *
 * @param ended whether it is not honoured any more
 * @param outOfReach whether LinkedIn is out of reach when asked about it
 */
record SandboxSession(Member member, boolean ended, boolean outOfReach) {

  static SandboxSession of(StoredSession stored) {
    return readJson(stored.content(), SandboxSession::ofJson);
  }

  static SandboxSession ofJson(JsonObject json) {
    return new SandboxSession(
        new Member(Secret.of(json.getString("member"))),
        json.getBoolean("expired"),
        json.getBoolean("flaky", false));
  }

  /**
   * Reads what the sandbox wrote.
   *
   * @throws IllegalStateException where another connector wrote it
   */
  static <T> T readJson(Secret content, Function<JsonObject, T> reader) {
    try {
      return reader.apply(new JsonObject(content.reveal()));
    } catch (RuntimeException e) {
      // Without its cause, which would show a part of the text.
      throw new IllegalStateException("this was not written by the sandbox connector");
    }
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("member", member.key().reveal())
        .put("expired", ended)
        .put("flaky", outOfReach);
  }

  StoredSession stored() {
    return new StoredSession(Secret.of(toJson().encode()));
  }
}
