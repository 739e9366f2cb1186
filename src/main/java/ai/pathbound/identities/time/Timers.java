package ai.pathbound.identities.time;

import java.time.Duration;

/** What timers take. */
public final class Timers {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private Timers() {}

  /** {@code time}, or a millisecond: no timer takes less, and who waits for it would never hear. */
  public static Duration atLeastAMillisecond(Duration time) {
    return time.compareTo(SHORTEST) < 0 ? SHORTEST : time;
  }
}
