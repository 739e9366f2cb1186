package ai.pathbound.identities.webhook.store;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One try to send a message. Of an answer its status and time are kept, never its body.
 *
 * @param at when it began
 * @param responseStatus the HTTP status of the answer; empty where there was none
 * @param duration how long it took
 * @param error what went wrong; empty where the message arrived
 */
public record Attempt(
    Instant at, Optional<Integer> responseStatus, Duration duration, Optional<Error> error) {
  /** What went wrong. */
  public enum Error {
    /** The endpoint answered with another status than 2xx. */
    STATUS_NOT_2XX,
    /** The time was over. */
    TIMEOUT,
    /** No connection, or it broke. */
    CONNECTION_FAILED,
    /** The certificate or the handshake was not accepted. */
    TLS_FAILED,
    /** The URL leads where nothing may be sent. */
    URL_NOT_ALLOWED,
    /** The URL's name has no address. */
    NAME_NOT_RESOLVED,
    /** The endpoint's secret cannot be opened here. */
    SECRET_UNREADABLE,
    /** The endpoint was switched off or deleted meanwhile. */
    GIVEN_UP;

    /** Whether it says nothing of the endpoint: the fault is ours, or nothing was sent. */
    public boolean isOurs() {
      return this == SECRET_UNREADABLE || this == GIVEN_UP;
    }

    /** How it is called in the database, in the API and in metrics. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  JsonObject json() {
    return new JsonObject()
        .put("at", at.toString())
        .put("response_status", responseStatus.orElse(null))
        .put("duration_ms", duration.toMillis())
        .put("error", error.map(Error::wireName).orElse(null));
  }

  static Attempt of(JsonObject json) {
    return new Attempt(
        Instant.parse(json.getString("at")),
        Optional.ofNullable(json.getInteger("response_status")),
        Duration.ofMillis(json.getLong("duration_ms")),
        Optional.ofNullable(json.getString("error"))
            .map(word -> Error.valueOf(word.toUpperCase(Locale.ROOT))));
  }
}
