package ai.pathbound.identities.login.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoginSessionTest {
  private static final Instant NOW = Instant.parse("2026-04-29T12:00:00Z");
  private static final Duration QUEUE = Duration.ofMinutes(5);
  private static final Duration RUN = Duration.ofMinutes(3);
  private static final Duration WAIT = Duration.ofMinutes(10);
  private static final LoginFacts FACTS =
      new LoginFacts(
          new TenantId("acme"),
          new SessionId(UUID.randomUUID()),
          new IdentityId(UUID.randomUUID()),
          new ProfileId(UUID.randomUUID()),
          Country.DEFAULT,
          WAIT,
          NOW);

  private static Running running() {
    return Queued.accept(FACTS, QUEUE).claim(NOW, RUN, Optional.empty());
  }

  private static Member member(String key) {
    return new Member(Secret.of(key));
  }

  @Test
  void aNewLoginIsQueuedForAsLongAsTheQueueAllows() {
    Queued queued = Queued.accept(FACTS, QUEUE);
    assertEquals(LoginStatus.QUEUED, LoginStatus.of(queued));
    assertEquals(NOW.plus(QUEUE), queued.deadline());
    assertEquals(FailureReason.LINKEDIN_UNAVAILABLE, queued.expire(NOW).reason());
  }

  @Test
  void theClockOfTheVerificationStartsWithTheFirstChallengeAndIsNeverSetBack() {
    Instant later = NOW.plusSeconds(60);
    AwaitingCode first =
        (AwaitingCode)
            running()
                .awaitCode(ChallengeKind.AUTHENTICATOR_CODE, false, ChallengeOptions.NONE, NOW);
    Queued answered = (Queued) first.answer(later, QUEUE);
    AwaitingCode second =
        (AwaitingCode)
            answered
                .claim(later, RUN, Optional.empty())
                .awaitCode(ChallengeKind.SMS_CODE, false, ChallengeOptions.NONE, later);
    assertEquals(Optional.of(NOW.plus(WAIT)), second.verification().expiresAt());
    assertEquals(4, second.verification().attemptsRemaining());
  }

  @Test
  void aCodeAcceptedInTimeIsTriedToItsEnd() {
    Instant last = NOW.plus(WAIT).minusMillis(1);
    AwaitingCode asked =
        (AwaitingCode)
            running().awaitCode(ChallengeKind.SMS_CODE, false, ChallengeOptions.NONE, NOW);
    Running trying =
        ((Queued) asked.answer(last, QUEUE)).claim(last.plusSeconds(30), RUN, Optional.empty());
    assertInstanceOf(Completed.class, trying.complete(member("ada"), last.plusSeconds(31)));
    Failed wrong =
        (Failed)
            trying.awaitCode(
                ChallengeKind.SMS_CODE, true, ChallengeOptions.NONE, last.plusSeconds(31));
    assertEquals(FailureReason.VERIFICATION_TIMEOUT, wrong.reason());
  }

  @Test
  void aCodeThatComesTooLateFailsTheLogin() {
    AwaitingCode asked =
        (AwaitingCode)
            running().awaitCode(ChallengeKind.SMS_CODE, false, ChallengeOptions.NONE, NOW);
    Failed late = (Failed) asked.answer(NOW.plus(WAIT), QUEUE);
    assertEquals(FailureReason.VERIFICATION_TIMEOUT, late.reason());
  }

  @Test
  void fiveWrongCodesAreTooMany() {
    Running running = running();
    for (int used = 0; used < Verification.MAX_CODES; used++) {
      AwaitingCode asked =
          (AwaitingCode)
              running.awaitCode(ChallengeKind.EMAIL_CODE, used > 0, ChallengeOptions.NONE, NOW);
      assertEquals(Verification.MAX_CODES - used, asked.verification().attemptsRemaining());
      running = ((Queued) asked.answer(NOW, QUEUE)).claim(NOW, RUN, Optional.empty());
    }
    Failed failed =
        (Failed) running.awaitCode(ChallengeKind.EMAIL_CODE, true, ChallengeOptions.NONE, NOW);
    assertEquals(FailureReason.TOO_MANY_CODES, failed.reason());
  }

  @Test
  void anotherMembersAccountIsTheWrongOne() {
    Running expecting = Queued.accept(FACTS, QUEUE).claim(NOW, RUN, Optional.of(member("ada")));
    assertInstanceOf(Completed.class, expecting.complete(member("ada"), NOW));
    assertEquals(
        FailureReason.WRONG_ACCOUNT, ((Failed) expecting.complete(member("eve"), NOW)).reason());
  }

  @ParameterizedTest
  @EnumSource(ChallengeKind.class)
  void aChallengeIsAwaitedInTheStateOfItsKind(ChallengeKind kind) {
    LoginSession asked =
        kind.asksForCode()
            ? running().awaitCode(kind, false, ChallengeOptions.NONE, NOW)
            : running().awaitConfirmation(kind, ChallengeOptions.NONE, NOW);
    assertEquals(
        kind == ChallengeKind.EMAIL_LINK ? LoginStatus.AWAITING_EMAIL : LoginStatus.AWAITING_2FA,
        LoginStatus.of(asked));
  }

  @Test
  void anOutcomeOfTheWrongKindCannotBeMade() {
    BrowserHandle at = new BrowserHandle(Secret.of("x"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LoginOutcome.CodeRequired(ChallengeKind.APP_APPROVAL, false, at));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LoginOutcome.ConfirmationRequired(ChallengeKind.SMS_CODE, at));
  }

  @Test
  void everyStateComesBackFromItsRowAsItWas() {
    LoginSession[] states = {
      Queued.accept(FACTS, QUEUE),
      running(),
      running().awaitCode(ChallengeKind.SMS_CODE, true, ChallengeOptions.NONE, NOW),
      running().awaitConfirmation(ChallengeKind.APP_APPROVAL, ChallengeOptions.NONE, NOW),
      running().awaitConfirmation(ChallengeKind.EMAIL_LINK, ChallengeOptions.NONE, NOW),
      running().complete(member("ada"), NOW),
      running().fail(FailureReason.ACCOUNT_LOCKED, NOW)
    };
    for (LoginSession state : states) {
      LoginSnapshot row = LoginSnapshot.of(state, NOW);
      LoginSession restored = row.restore();
      assertEquals(state.getClass(), restored.getClass());
      assertEquals(row, LoginSnapshot.of(restored, NOW));
    }
  }

  @Test
  void noStatePrintsWhoItIs() {
    assertFalse(member("ada@example.com").toString().contains("ada"));
  }

  @Test
  void everyAssignedCountryIsOneAndNoOther() {
    assertEquals(Optional.of(new Country("DE")), Country.parse("de"));
    for (String other : new String[] {null, "", "D", "DEU", "XX", "UK", "\u0131T", "D1"}) {
      assertEquals(Optional.empty(), Country.parse(other));
    }
  }

  private static final ChallengeOptions SENT_AGAIN =
      new ChallengeOptions(Optional.empty(), List.of(ChallengeKind.APP_APPROVAL), true);

  @Test
  void whatIsChosenWasNotSentYet() {
    Instant later = NOW.plusSeconds(61);
    AwaitingCode text =
        (AwaitingCode) running().awaitCode(ChallengeKind.SMS_CODE, false, SENT_AGAIN, NOW);
    assertEquals(Optional.of(later), text.resendAt(Duration.ofSeconds(61)));
    AwaitingConfirmation tap =
        (AwaitingConfirmation)
            text.choose(ChallengeKind.APP_APPROVAL, later, QUEUE)
                .awaitConfirmation(ChallengeKind.APP_APPROVAL, SENT_AGAIN, later);
    assertEquals(Optional.of(later.plusSeconds(61)), tap.resendAt(Duration.ofSeconds(61)));
  }

  @Test
  void aPageThatOffersToSendAgainAfterAWrongCodeOnlyHasSentOneBefore() {
    AwaitingCode wrong =
        (AwaitingCode) running().awaitCode(ChallengeKind.SMS_CODE, true, SENT_AGAIN, NOW);
    assertEquals(Optional.of(NOW.plusSeconds(60)), wrong.resendAt(Duration.ofSeconds(60)));
  }

  private static final ChallengeOptions WAYS =
      new ChallengeOptions(
          Optional.of(new SentTo("•••• 42")), List.of(ChallengeKind.AUTHENTICATOR_CODE), true);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private static AwaitingCode text(Running running, boolean wrong, Instant now) {
    return (AwaitingCode) running.awaitCode(ChallengeKind.SMS_CODE, wrong, WAYS, now);
  }

  @Test
  void aCodeIsSentAgainThreeTimesAndTheClockGoesOn() {
    AwaitingCode asked = text(running(), false, NOW);
    Instant now = NOW;
    for (int time = 1; time <= Verification.MAX_RESENDS; time++) {
      assertEquals(Optional.of(now.plus(MINUTE)), asked.resendAt(MINUTE));
      now = now.plusSeconds(90);
      Running sending = asked.resend(now, QUEUE);
      assertEquals(now.plus(QUEUE), sending.deadline());
      asked = text(sending, false, now);
      assertEquals(time, asked.verification().resends());
    }
    assertEquals(Optional.empty(), asked.resendAt(MINUTE));
    AwaitingCode last = asked;
    assertThrows(IllegalStateException.class, () -> last.resend(NOW, QUEUE));
    assertEquals(Optional.of(NOW.plus(WAIT)), asked.verification().expiresAt());
    assertEquals(5, asked.verification().attemptsRemaining());
  }

  @Test
  void aWrongCodeIsNoReasonToWaitLongerForTheNextOne() {
    AwaitingCode asked = text(running(), false, NOW);
    Instant later = NOW.plusSeconds(50);
    Running trying = ((Queued) asked.answer(later, QUEUE)).claim(later, RUN, Optional.empty());
    assertEquals(Optional.of(NOW.plus(MINUTE)), text(trying, true, later).resendAt(MINUTE));
  }

  @Test
  void whereNothingCanBeSentAgainNothingIs() {
    AwaitingCode asked =
        (AwaitingCode)
            running().awaitCode(ChallengeKind.SMS_CODE, false, ChallengeOptions.NONE, NOW);
    assertEquals(Optional.empty(), asked.resendAt(Duration.ZERO));
    assertThrows(IllegalStateException.class, () -> asked.resend(NOW, QUEUE));
  }

  @Test
  void onlyAWayThatIsOfferedIsTaken() {
    AwaitingConfirmation app =
        (AwaitingConfirmation) running().awaitConfirmation(ChallengeKind.APP_APPROVAL, WAYS, NOW);
    assertThrows(
        IllegalArgumentException.class, () -> app.choose(ChallengeKind.SMS_CODE, NOW, QUEUE));
    Running choosing = app.choose(ChallengeKind.AUTHENTICATOR_CODE, NOW.plusSeconds(5), QUEUE);
    AwaitingCode code =
        (AwaitingCode)
            choosing.awaitCode(
                ChallengeKind.AUTHENTICATOR_CODE, false, ChallengeOptions.NONE, NOW.plusSeconds(6));
    assertEquals(app.verification().expiresAt(), code.verification().expiresAt());
    assertEquals(0, code.verification().resends());
  }

  @Test
  void aChallengeThatComesAfterThePersonsTimeIsTooLate() {
    AwaitingCode asked = text(running(), false, NOW);
    Running sending = asked.resend(NOW.plus(WAIT).minusSeconds(1), QUEUE);
    Failed late =
        (Failed)
            sending.awaitCode(ChallengeKind.SMS_CODE, false, WAYS, NOW.plus(WAIT).plusSeconds(1));
    assertEquals(FailureReason.VERIFICATION_TIMEOUT, late.reason());
  }
}
