package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a login costs; the guide has the figures. The bounds are for a small and busy machine. */
class LoginCostTest extends RealBrowserTest {
  private static final Duration MOST_TIME = Duration.ofSeconds(20);
  private static final long MOST_MEMORY = 1L << 30;
  private static final int LOGINS = 5;

  @Test
  void aLoginTakesSecondsAndABrowserHundredsOfMegabytes() {
    assertInstanceOf(SignedIn.class, begin("warm-up@example.com"));
    closeWhatWasWrittenDown();
    startLinkedIn();
    long start = System.nanoTime();
    for (int login = 0; login < LOGINS; login++) {
      assertInstanceOf(SignedIn.class, begin("ada@example.com"));
    }
    Duration each = Duration.ofNanos(System.nanoTime() - start).dividedBy(LOGINS);
    long before = chromeDriver.browserMemory();
    LoginOutcome challenge = begin("ada+2fa@example.com");
    assertInstanceOf(CodeRequired.class, challenge);
    long memory = chromeDriver.browserMemory() - before;
    System.out.printf(
        "one login: %d ms, one more browser beside %d: %d MiB%n",
        each.toMillis(), LOGINS, memory >> 20);
    assertTrue(each.compareTo(MOST_TIME) < 0, each.toString());
    assertTrue(memory < MOST_MEMORY, memory + " bytes");
  }
}
