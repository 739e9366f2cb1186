package ai.pathbound.identities.webhook.dispatcher;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When a message that did not arrive is tried again: the schedule that Standard Webhooks recommends
 * ("Deliverability and reliability"), each time counted from the attempt before, ± 20 % so that
 * what failed together does not come back together.
 */
final class RetrySchedule {
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));
  private static final double SPREAD = 0.2;

  /** However long an endpoint asks to be left alone. */
  private static final Duration LONGEST = Duration.ofHours(24);

  private final DoubleSupplier random;

  /** Spreads by {@code random}, from 0 to 1. */
  RetrySchedule(DoubleSupplier random) {
    this.random = random;
  }

  /**
   * How long to wait; empty where that was the last attempt.
   *
   * @param attempts how many there were, 1 at least
   * @param retryAfter how long the endpoint asked to wait at least
   */
  Optional<Duration> next(int attempts, Optional<Duration> retryAfter) {
    if (attempts > WAITS.size()) {
      return Optional.empty();
    }
    double factor = 1 - SPREAD + 2 * SPREAD * random.getAsDouble();
    Duration wait = Duration.ofMillis(Math.round(WAITS.get(attempts - 1).toMillis() * factor));
    Duration asked = retryAfter.orElse(Duration.ZERO);
    Duration bounded = asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
    return Optional.of(wait.compareTo(bounded) > 0 ? wait : bounded);
  }
}
