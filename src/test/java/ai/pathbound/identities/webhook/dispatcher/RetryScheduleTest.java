package ai.pathbound.identities.webhook.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a message is tried again. */
class RetryScheduleTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final Optional<Duration> UNASKED = Optional.empty();

  private static Duration next(double random, int attempts) {
    return new RetrySchedule(() -> random).next(attempts, UNASKED).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "1,PT5S", "2,PT5M", "3,PT30M", "4,PT2H", "5,PT5H", "6,PT10H", "7,PT14H", "8,PT20H", "9,PT24H"
  })
  void theWaitGrowsAndIsSpreadByAFifth(int attempts, Duration wait) {
    assertEquals(wait, next(0.5, attempts));
    assertEquals(wait.multipliedBy(4).dividedBy(5), next(0, attempts));
    assertEquals(wait.multipliedBy(6).dividedBy(5), next(1, attempts));
  }

  @Test
  void theTenthAttemptIsTheLast() {
    assertEquals(Optional.empty(), new RetrySchedule(() -> 0.5).next(10, UNASKED));
    assertEquals(
        Optional.empty(),
        new RetrySchedule(() -> 0.5).next(10, Optional.of(Duration.ofSeconds(1))));
  }

  @ParameterizedTest
  @CsvSource({"PT1S,PT5S", "PT90S,PT90S", "PT23H,PT23H", "PT100H,PT24H"})
  void anEndpointMayAskForMoreTimeUpToADay(Duration asked, Duration wait) {
    assertEquals(Optional.of(wait), new RetrySchedule(() -> 0.5).next(1, Optional.of(asked)));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "120,PT2M",
        "0,PT0S",
        "' 7 ',PT7S",
        "'Thu, 01 Jan 2026 12:01:00 GMT',PT1M",
        "'Thu, 01 Jan 2026 11:59:00 GMT',-",
        "soon,-",
        "-5,-",
        "1.5,-",
        "99999999999,-",
        "'',-",
        "-,-"
      })
  void retryAfterIsSecondsOrADate(String header, Duration wait) {
    assertEquals(Optional.ofNullable(wait), RetryAfter.parse(header, NOW));
  }
}
