package ai.pathbound.identities.webhook.api;

import ai.pathbound.identities.problem.RefusalException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * From when on messages are sent again.
 *
 * @param since a time as RFC 3339 writes it
 */
@RegisterForReflection
record RecoveryBody(String since) {
  // What the database can hold, with room on both sides.
  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  /** The time; refuses with {@code invalid_request} what is none. */
  Instant time() {
    try {
      if (since != null) {
        Instant time = OffsetDateTime.parse(since).toInstant();
        if (!time.isBefore(FIRST) && !time.isAfter(LAST)) {
          return time;
        }
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw RefusalException.invalid(
        "since", "must be a time of RFC 3339, such as 2026-04-29T12:00:00.000Z");
  }
}
