package ai.pathbound.identities.webhook.api;

import ai.pathbound.identities.problem.RefusalException;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;

/**
 * How a secret is replaced.
 *
 * @param overlapHours for how many hours messages are signed with the one before, too
 */
@RegisterForReflection
record RotationBody(@JsonProperty("overlap_hours") Integer overlapHours) {
  private static final int DEFAULT_HOURS = 24;
  private static final int MOST_HOURS = 72;

  /** 0 to 72 hours; refuses anything else with {@code invalid_request}. */
  Duration overlap() {
    int hours = overlapHours == null ? DEFAULT_HOURS : overlapHours;
    if (hours < 0 || hours > MOST_HOURS) {
      throw RefusalException.invalid(
          "overlap_hours", "must be a whole number from 0 to " + MOST_HOURS);
    }
    return Duration.ofHours(hours);
  }
}
