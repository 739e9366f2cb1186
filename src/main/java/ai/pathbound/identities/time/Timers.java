package ai.pathbound.identities.time;

import java.time.Duration;

/** Limits of timers. */
public final class Timers {
  private static final Duration SHORTEST = Duration.ofMillis(1);

  private Timers() {}

  /**
   * {@code time}, but at least a millisecond: a timer refuses less, and its subscriber would wait
   * for ever.
   */
  public static Duration atLeastAMillisecond(Duration time) {
    return time.compareTo(SHORTEST) < 0 ? SHORTEST : time;
  }
}
