package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.connector.RecordingJournal;
import ai.pathbound.identities.login.connector.RecordingJournal.Call;
import ai.pathbound.identities.login.connector.webdriver.standin.LoginShape;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.Refused;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that LinkedIn may show, in their shapes. */
@Tag("faults")
class LoginPagesTest extends RealBrowserTest {

  /** Those that the contract's second part does not play. */
  @ParameterizedTest
  @EnumSource(names = {"OLDER", "NEWER", "TWO_PAGES", "TWO_STEPS", "CHOOSER", "COVERED", "BY_TAG"})
  void aLoginOfWhateverShapeIsFilledInOnce(LoginShape shape) {
    linkedIn.shape(shape);
    assertInstanceOf(SignedIn.class, begin("ada@example.com"));
    assertEquals(1, linkedIn.passwordsSent());
    assertEquals(PASSWORD, linkedIn.lastPassword());
    assertEquals(1, linkedIn.passwordsSent("ada@example.com"));
    assertEquals(0, linkedIn.passwordsInAddresses());
  }

  @ParameterizedTest
  @EnumSource(names = {"TWO_STEPS", "LATE_SCRIPT"})
  void aTagOfTheUsernameSaysInWhichShapeTheLoginComes(LoginShape shape) {
    linkedIn.shape(LoginShape.BY_TAG);
    String username = "ada+" + shape.tag() + "@example.com";
    assertInstanceOf(SignedIn.class, begin(username));
    assertEquals(1, linkedIn.passwordsSent());
    assertEquals(1, linkedIn.passwordsSent(username));
  }

  @ParameterizedTest
  @EnumSource(names = {"SENDS_ELSEWHERE", "ELSEWHERE", "DOWN"})
  void nothingIsTypedThatAnotherOriginOrNobodyWouldGet(LoginShape shape) {
    linkedIn.shape(shape);
    RecordingJournal journal = journal("ada@example.com");
    assertThrows(LinkedInUnavailableException.class, () -> begin(setup(), journal));
    assertFalse(journal.calls().contains(Call.CREDENTIALS));
    assertEquals(0, linkedIn.passwordsSent());
  }

  @ParameterizedTest
  @CsvSource({"UNKNOWN, UNKNOWN_CHALLENGE", "CAPTCHA, CAPTCHA_REQUIRED"})
  void onALoginThatItDoesNotKnowNothingIsTyped(LoginShape shape, FailureReason reason) {
    linkedIn.shape(shape);
    RecordingJournal journal = journal("ada@example.com");
    assertEquals(new Refused(reason), begin(setup(), journal));
    assertFalse(journal.calls().contains(Call.CREDENTIALS));
  }

  @ParameterizedTest
  @EnumSource(names = {"OLDER", "NEWER"})
  void aRejectionIsSeenInEitherShape(LoginShape shape) {
    linkedIn.shape(shape);
    assertEquals(
        new Refused(FailureReason.CREDENTIALS_REJECTED), begin("ada+rejected@example.com"));
    assertEquals(1, linkedIn.passwordsSent());
  }

  @ParameterizedTest
  @CsvSource({"2fa, AUTHENTICATOR_CODE", "sms, SMS_CODE", "emailcode, EMAIL_CODE"})
  void aNewerChallengeIsAnsweredAsAnOlderOne(String tag, ChallengeKind kind) {
    CodeRequired first =
        assertInstanceOf(CodeRequired.class, begin("ada+newer+" + tag + "@example.com"));
    assertEquals(kind, first.kind());
    assertFalse(first.wrong());
    CodeRequired second = assertInstanceOf(CodeRequired.class, answer(first.at(), "000000"));
    assertTrue(second.wrong());
    assertInstanceOf(SignedIn.class, answer(second.at(), "123456"));
    assertEquals(1, linkedIn.passwordsSent());
  }

  @Test
  void aChallengeThatDoesNotReactIsUnavailable() {
    linkedIn.slowFor(Duration.ZERO);
    LoginOutcome first = begin("ada+2fa+stuck@example.com");
    LoginOutcome stuck = answer(first.browser().orElseThrow(), "123456");
    assertInstanceOf(CodeRequired.class, stuck);
    try (WebDriverConnector hurried = connector(setup().with("landing-timeout", "4s"))) {
      Uni<LoginOutcome> again =
          hurried.answer(stuck.browser().orElseThrow(), RecordingJournal.withCode("123456"));
      assertThrows(LinkedInUnavailableException.class, () -> outcomeOf(again));
    }
    assertEquals(1, linkedIn.passwordsSent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pässwörd €", "🔑 and more", "\"quoted\" \\ <b>", " leading and trailing "})
  void aPasswordArrivesAsItIs(String password) {
    RecordingJournal journal =
        watched(
            RecordingJournal.with(
                new Credentials.Password(Secret.of("ada@example.com"), Secret.of(password))));
    assertInstanceOf(SignedIn.class, begin(setup(), journal));
    assertEquals(password, linkedIn.lastPassword());
    assertEquals(1, linkedIn.passwordsSent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"pass\nword", "pass\tword", "pass\uE007word"})
  void aPasswordThatWouldPressKeysIsNotTyped(String password) {
    RecordingJournal journal =
        watched(
            RecordingJournal.with(
                new Credentials.Password(Secret.of("ada@example.com"), Secret.of(password))));
    assertEquals(new Refused(FailureReason.CREDENTIALS_REJECTED), begin(setup(), journal));
    assertEquals(0, linkedIn.passwordsSent());
  }
}
