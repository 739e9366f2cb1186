package ai.pathbound.identities.time;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Timers, and their limits. */
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

  /** Completes when {@code time}, at least a millisecond, has passed. */
  public static Uni<Void> pause(Duration time) {
    return Uni.createFrom().voidItem().onItem().delayIt().by(atLeastAMillisecond(time));
  }
}
