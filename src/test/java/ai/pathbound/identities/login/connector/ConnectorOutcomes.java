package ai.pathbound.identities.login.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.ConfirmationRequired;
import ai.pathbound.identities.login.session.LoginOutcome.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract's first half: what LinkedIn does, and what a connector says of it. */
abstract class ConnectorOutcomes extends ConnectorHarness {

  @Test
  void theRightPasswordSignsIn() {
    assertSignedIn(begin("ada@example.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "rejected, CREDENTIALS_REJECTED",
    "locked, ACCOUNT_LOCKED",
    "captcha, CAPTCHA_REQUIRED",
    "unknown, UNKNOWN_CHALLENGE"
  })
  void aLoginThatCannotGoOnSaysWhy(String tag, FailureReason reason) {
    assertEquals(new Refused(reason), begin("ada+" + tag + "@example.com"));
  }

  @Test
  void aLinkedInThatIsDownIsUnavailable() {
    // Whatever fails on the way counts as that, by the port's own rule.
    LoginOutcome found =
        outcomeOf(
            connector()
                .begin(start(), credentialsOf("ada+down@example.com"))
                .onFailure(failure -> !(failure instanceof LoginLostException))
                .recoverWithItem(refused(FailureReason.LINKEDIN_UNAVAILABLE)));
    assertEquals(refused(FailureReason.LINKEDIN_UNAVAILABLE), found);
    passwordsSent().ifPresent(sent -> assertEquals(1, sent));
  }

  @Test
  void aSlowPageIsWaitedFor() {
    assertSignedIn(begin("ada+slow@example.com"));
  }

  @ParameterizedTest
  @CsvSource({"2fa, AUTHENTICATOR_CODE", "sms, SMS_CODE", "emailcode, EMAIL_CODE"})
  void theRightCodeSignsIn(String tag, ChallengeKind kind) {
    LoginOutcome challenge = begin("ada+" + tag + "@example.com");
    assertAsks(kind, false, challenge);
    assertSignedIn(answer(challenge, RIGHT_CODE));
  }

  @ParameterizedTest
  @CsvSource({"2fa, AUTHENTICATOR_CODE", "sms, SMS_CODE", "emailcode, EMAIL_CODE"})
  void aWrongCodeIsAskedForAgain(String tag, ChallengeKind kind) {
    LoginOutcome first = begin("ada+" + tag + "@example.com");
    LoginOutcome second = answer(first, WRONG_CODE);
    assertAsks(kind, true, second);
    LoginOutcome third = answer(second, WRONG_CODE);
    assertAsks(kind, true, third);
    assertSignedIn(answer(third, RIGHT_CODE));
  }

  @ParameterizedTest
  @CsvSource({"app, APP_APPROVAL", "email, EMAIL_LINK"})
  void aConfirmationIsWaitedForAndThenGoesOnByItself(String tag, ChallengeKind kind) {
    ConfirmationRequired challenge = assertWaits(kind, begin("ada+" + tag + "@example.com"));
    assertWaits(kind, look(challenge.at()));
    assertSignedIn(afterConfirmation(challenge));
  }

  @Test
  void aLinkThatNobodyFollowsIsWaitedForStill() {
    ConfirmationRequired challenge =
        assertWaits(ChallengeKind.EMAIL_LINK, begin("ada+never@example.com"));
    advance(confirmAfter().multipliedBy(2));
    assertWaits(ChallengeKind.EMAIL_LINK, look(challenge.at()));
  }

  @Test
  void oneCodeMayFollowAnother() {
    LoginOutcome first = begin("ada+2fa+sms@example.com");
    assertAsks(ChallengeKind.AUTHENTICATOR_CODE, false, first);
    LoginOutcome second = answer(first, RIGHT_CODE);
    assertAsks(ChallengeKind.SMS_CODE, false, second);
    assertSignedIn(answer(second, RIGHT_CODE));
  }

  @Test
  void aCodeMayFollowAConfirmationAndTheOtherWayRound() {
    ConfirmationRequired app =
        assertWaits(ChallengeKind.APP_APPROVAL, begin("ada+app+emailcode+email@example.com"));
    LoginOutcome code = afterConfirmation(app);
    assertAsks(ChallengeKind.EMAIL_CODE, false, code);
    LoginOutcome link = answer(code, RIGHT_CODE);
    assertSignedIn(afterConfirmation(assertWaits(ChallengeKind.EMAIL_LINK, link)));
  }

  @Test
  void anAccountMayBeLockedAfterTheRightCode() {
    LoginOutcome challenge = begin("ada+2fa+locked@example.com");
    assertAsks(ChallengeKind.AUTHENTICATOR_CODE, false, challenge);
    assertEquals(refused(FailureReason.ACCOUNT_LOCKED), answer(challenge, RIGHT_CODE));
  }

  static LoginOutcome refused(FailureReason reason) {
    return new Refused(reason);
  }
}
