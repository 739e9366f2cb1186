package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a login costs is printed; the guide has the figures. */
@Tag("faults")
class LoginCostTest extends RealBrowserTest {
  private static final int LOGINS = 5;

  @Override
  WebDriverSetup setup() {
    // A new browser each time, as a login has it.
    return super.setup().with("endpoint", FARM.farm().endpoint());
  }

  @Override
  List<String> browsersLeft() {
    return FARM.farm().sessions();
  }

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
    long before = FARM.farm().browserMemory();
    LoginOutcome challenge = begin("ada+2fa@example.com");
    assertInstanceOf(CodeRequired.class, challenge);
    long memory = FARM.farm().browserMemory() - before;
    System.out.printf(
        "one login: %d ms, one more browser beside %d: %d MiB%n",
        each.toMillis(), LOGINS, memory >> 20);
  }
}
