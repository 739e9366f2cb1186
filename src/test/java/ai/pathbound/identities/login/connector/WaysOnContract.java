package ai.pathbound.identities.login.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.connector.RecordingJournal.Call;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.ConfirmationRequired;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every connector must do where LinkedIn offers to send again, or another challenge. */
public abstract class WaysOnContract extends ConnectorHarness {
  private static final String TEXT = "ada+sms@example.com";

  protected final LoginOutcome resend(LoginOutcome challenge, RecordingJournal journal) {
    return outcomeOf(connector().resend(challenge.browser().orElseThrow(), journal));
  }

  protected final LoginOutcome choose(
      LoginOutcome challenge, ChallengeKind other, RecordingJournal journal) {
    return outcomeOf(connector().choose(challenge.browser().orElseThrow(), other, journal));
  }

  private RecordingJournal gone() {
    return request().goneAt(1);
  }

  private void requireStopped(Uni<LoginOutcome> step) {
    assertThrows(LoginLostException.class, () -> outcomeOf(step));
  }

  @ParameterizedTest
  @CsvSource({
    "2fa, AUTHENTICATOR_CODE, SMS_CODE, false",
    "sms, SMS_CODE, AUTHENTICATOR_CODE, true",
    "emailcode, EMAIL_CODE,, true"
  })
  void aChallengeSaysWhatElseItOffers(
      String tag, ChallengeKind kind, ChallengeKind other, boolean canResend) {
    CodeRequired asked = assertAsks(kind, false, begin("ada+" + tag + "@example.com"));
    assertEquals(
        Optional.ofNullable(other).map(List::of).orElse(List.of()), asked.options().alternatives());
    assertEquals(canResend, asked.options().canResend());
    assertEquals(canResend, asked.options().sentTo().isPresent());
    CodeRequired again = assertAsks(kind, false, look(asked.at()));
    assertEquals(asked.options(), again.options());
  }

  @ParameterizedTest
  @CsvSource({"sms, SMS_CODE", "emailcode, EMAIL_CODE"})
  void aCodeIsSentAgainOnceAndSignsIn(String tag, ChallengeKind kind) {
    LoginOutcome challenge = begin("ada+" + tag + "@example.com");
    RecordingJournal journal = request();
    LoginOutcome again = resend(challenge, journal);
    assertAsks(kind, false, again);
    assertEquals(1, journal.calls().stream().filter(call -> call == Call.REQUEST).count());
    resends().ifPresent(sent -> assertEquals(1, sent));
    assertSignedIn(answer(again, RIGHT_CODE));
  }

  @Test
  void aCodeIsSentAgainAfterAWrongOne() {
    LoginOutcome wrong = answer(begin(TEXT), WRONG_CODE);
    assertAsks(ChallengeKind.SMS_CODE, true, wrong);
    LoginOutcome again = resend(wrong, request());
    assertAsks(ChallengeKind.SMS_CODE, false, again);
    assertSignedIn(answer(again, RIGHT_CODE));
  }

  @ParameterizedTest
  @CsvSource({"2fa, SMS_CODE", "sms, AUTHENTICATOR_CODE"})
  void anotherWayIsRaisedOnceAndSignsIn(String tag, ChallengeKind other) {
    LoginOutcome challenge = begin("ada+" + tag + "@example.com");
    RecordingJournal journal = request();
    LoginOutcome raised = choose(challenge, other, journal);
    assertAsks(other, false, raised);
    assertEquals(1, journal.calls().stream().filter(call -> call == Call.REQUEST).count());
    assertAsks(other, true, answer(raised, WRONG_CODE));
    assertSignedIn(answer(raised, RIGHT_CODE));
  }

  @Test
  void thereIsAWayBack() {
    LoginOutcome text = choose(begin("ada+2fa@example.com"), ChallengeKind.SMS_CODE, request());
    LoginOutcome app = choose(text, ChallengeKind.AUTHENTICATOR_CODE, request());
    assertAsks(ChallengeKind.AUTHENTICATOR_CODE, false, app);
    assertSignedIn(answer(app, RIGHT_CODE));
  }

  @Test
  void whatIsNotOfferedIsNotPressedAndThePageIsToldOf() {
    LoginOutcome code = begin("ada+2fa@example.com");
    RecordingJournal journal = request();
    assertAsks(ChallengeKind.AUTHENTICATOR_CODE, false, resend(code, journal));
    assertAsks(
        ChallengeKind.AUTHENTICATOR_CODE, false, choose(code, ChallengeKind.EMAIL_LINK, journal));
    assertFalse(journal.calls().contains(Call.REQUEST));
    assertSignedIn(answer(code, RIGHT_CODE));
  }

  @Test
  void aLoginThatHasGoneOnIsNotPressedInButToldOf() {
    ConfirmationRequired app =
        assertWaits(ChallengeKind.APP_APPROVAL, begin("ada+app@example.com"));
    assertSignedIn(afterConfirmation(app));
    RecordingJournal journal = request();
    assertSignedIn(choose(app, ChallengeKind.SMS_CODE, journal));
    assertSignedIn(resend(app, journal));
    assertFalse(journal.calls().contains(Call.REQUEST));
  }

  @Test
  void aLoginThatIsGonePressesNothing() {
    LoginOutcome challenge = begin(TEXT);
    requireStopped(connector().resend(challenge.browser().orElseThrow(), gone()));
    requireStopped(
        connector()
            .choose(challenge.browser().orElseThrow(), ChallengeKind.AUTHENTICATOR_CODE, gone()));
    resends().ifPresent(sent -> assertEquals(0, sent));
    assertAsks(ChallengeKind.SMS_CODE, false, look(challenge.browser().orElseThrow()));
  }

  @Test
  void afterACrashBeforeThePressNothingWasPressedAndTheLoginGoesOn() {
    LoginOutcome challenge = begin(TEXT);
    RecordingJournal journal = request().crashAfter(1);
    crash(connector().resend(challenge.browser().orElseThrow(), journal), journal, 1);
    resends().ifPresent(sent -> assertEquals(0, sent));
    LoginOutcome found = look(challenge.browser().orElseThrow());
    assertAsks(ChallengeKind.SMS_CODE, false, found);
    assertSignedIn(answer(found, RIGHT_CODE));
  }

  @Test
  void afterACrashInTheMiddleOfAChoiceTheLoginGoesOnWithOneOfBoth() {
    LoginOutcome challenge = begin("ada+2fa@example.com");
    RecordingJournal journal = request().crashAfter(1);
    crash(
        connector().choose(challenge.browser().orElseThrow(), ChallengeKind.SMS_CODE, journal),
        journal,
        1);
    LoginOutcome found = look(challenge.browser().orElseThrow());
    assertTrue(found instanceof CodeRequired, found.toString());
    assertSignedIn(answer(found, RIGHT_CODE));
  }
}
