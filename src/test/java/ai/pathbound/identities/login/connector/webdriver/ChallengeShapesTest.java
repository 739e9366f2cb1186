package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.LogRecorder;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.ConfirmationRequired;
import ai.pathbound.identities.login.session.LoginOutcome.Refused;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes between the password and the feed, told by its structure. */
@Tag("faults")
class ChallengeShapesTest extends RealBrowserTest {

  @AfterEach
  void thePasswordWasSentOnce() {
    assertEquals(1, linkedIn.passwordsSent());
    assertEquals(0, linkedIn.passwordsInAddresses());
  }

  @ParameterizedTest
  @CsvSource({
    "restriction, ACCOUNT_LOCKED",
    "puzzle, CAPTCHA_REQUIRED",
    "arkose, CAPTCHA_REQUIRED",
    "unknown, UNKNOWN_CHALLENGE"
  })
  void aPageIsKnownByItsStructure(String tag, FailureReason reason) {
    assertEquals(new Refused(reason), begin("ada+" + tag + "@example.com"));
  }

  @ParameterizedTest
  @CsvSource({"pin, EMAIL_CODE", "phone05, SMS_CODE", "inplace, EMAIL_CODE", "resend, EMAIL_CODE"})
  void aCodeIsKnownByItsFieldAndAMistypedOneCostsAnAttempt(String tag, ChallengeKind kind) {
    CodeRequired first = assertInstanceOf(CodeRequired.class, begin("ada+" + tag + "@example.com"));
    assertEquals(kind, first.kind());
    assertFalse(first.wrong());
    CodeRequired second = assertInstanceOf(CodeRequired.class, answer(first.at(), "000000"));
    assertEquals(kind, second.kind());
    assertTrue(second.wrong());
    CodeRequired third = assertInstanceOf(CodeRequired.class, answer(second.at(), "000000"));
    assertTrue(third.wrong());
    assertInstanceOf(SignedIn.class, answer(third.at(), "123456"));
  }

  @ParameterizedTest
  @CsvSource({"inapp, APP_APPROVAL", "inappcheck, APP_APPROVAL", "otherway, EMAIL_LINK"})
  void aConfirmationIsKnownByItsStructureAndWordsSayOnlyWhich(String tag, ChallengeKind kind) {
    linkedIn.confirmAfter(Duration.ofSeconds(2));
    ConfirmationRequired waiting =
        assertInstanceOf(ConfirmationRequired.class, begin("ada+" + tag + "@example.com"));
    assertEquals(kind, waiting.kind());
    clock.advance(Duration.ofSeconds(3));
    assertInstanceOf(SignedIn.class, end(waiting));
  }

  @Test
  void anApprovalThatGoesBackToTheLoginIsOver() {
    linkedIn.confirmAfter(Duration.ofSeconds(2));
    ConfirmationRequired waiting =
        assertInstanceOf(ConfirmationRequired.class, begin("ada+appback@example.com"));
    clock.advance(Duration.ofSeconds(3));
    assertEquals(new Refused(FailureReason.VERIFICATION_TIMEOUT), end(waiting));
  }

  private LoginOutcome end(LoginOutcome found) {
    return found instanceof ConfirmationRequired waiting
        ? Awaitility.await()
            .atMost(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .until(() -> look(waiting.at()), now -> !(now instanceof ConfirmationRequired))
        : found;
  }

  @ParameterizedTest
  @ValueSource(strings = {"coveredoffer", "mynetwork", "onboarding", "moment", "bare", "me999"})
  void whatWasWonIsNotThrownAway(String tag) {
    SignedIn signedIn = assertInstanceOf(SignedIn.class, begin("ada+" + tag + "@example.com"));
    assertEquals(!tag.equals("me999"), signedIn.member().isKnown());
    assertTrue(signedIn.session().content().reveal().contains("li_a\""));
  }

  @Test
  void anUnknownPageLeavesAnOutlineThatHarmsNobody() {
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    Metrics.addRegistry(metrics);
    try (LogRecorder log = LogRecorder.ofEverything()) {
      begin("ada+unknown@example.com");
      String outline =
          log.lines().stream().filter(line -> line.contains("outline")).findFirst().orElseThrow();
      assertTrue(outline.contains("/checkpoint/challenge/x \"Verify\""), outline);
      assertTrue(outline.contains("input type=file name=passport id=photo-#"), outline);
      assertFalse(outline.contains("Upload"), outline);
      assertFalse(outline.contains("ada"), outline);
      assertTrue(outline.getBytes(StandardCharsets.UTF_8).length < 4300);
      assertEquals(1.0, counted(metrics));
    } finally {
      Metrics.removeRegistry(metrics);
    }
  }

  /** Of all outlines: those of other tests are there too, and not counted here. */
  private static double counted(SimpleMeterRegistry metrics) {
    return metrics.find("identities.linkedin.unknown.pages").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }
}
