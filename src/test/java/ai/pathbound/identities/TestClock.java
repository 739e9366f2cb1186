package ai.pathbound.identities;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clock of the program under {@code @QuarkusTest}: the real one, which a test may set forward.
 * Never back: to the program it is a clock like any other. A login goes by the database's, see
 * {@link DatabaseTime}.
 */
public final class TestClock {
  private static final AtomicLong AHEAD_MILLIS = new AtomicLong();

  private TestClock() {}

  /** Lets that much time pass at once. */
  public static void advance(Duration time) {
    AHEAD_MILLIS.addAndGet(time.toMillis());
  }

  /** Lets the time pass after which the sandbox's holder has confirmed what was asked. */
  public static void confirm() {
    advance(Duration.ofHours(1));
  }

  @Produces
  @ApplicationScoped
  static Clock clock() {
    return new Ahead(Clock.tickMillis(ZoneOffset.UTC));
  }

  private static class Ahead extends Clock {
    private final Clock real;

    Ahead(Clock real) {
      this.real = real;
    }

    @Override
    public java.time.ZoneId getZone() {
      return real.getZone();
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return new Ahead(real.withZone(zone));
    }

    @Override
    public java.time.Instant instant() {
      return real.instant().plusMillis(AHEAD_MILLIS.get());
    }
  }
}
