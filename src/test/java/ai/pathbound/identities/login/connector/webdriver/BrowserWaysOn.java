package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.RecordingJournal;
import ai.pathbound.identities.login.connector.RecordingJournal.Call;
import ai.pathbound.identities.login.connector.WaysOnContract;
import ai.pathbound.identities.login.connector.webdriver.standin.StandInLinkedIn;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.ConfirmationRequired;
import ai.pathbound.identities.login.session.SentTo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The ways on of the contract, with a real Chromium of some farm at the stand-in; and those that
 * only a page has.
 */
abstract class BrowserWaysOn extends WaysOnContract {
  private final StandInVisit visit = new StandInVisit();
  private StandInLinkedIn linkedIn;

  /** Where the browsers are. */
  abstract FarmExtension<?> farm();

  @BeforeEach
  void startLinkedIn() {
    linkedIn = visit.begin();
  }

  @AfterEach
  void stopLinkedIn() {
    visit.end();
  }

  @Override
  protected LinkedInConnector connector() {
    return visit.connector(farm(), WebDriverSetup.forTests());
  }

  @Override
  protected void advance(Duration duration) {
    visit.advance(duration);
  }

  @Override
  protected Duration confirmAfter() {
    return Duration.ofSeconds(3);
  }

  @Override
  protected OptionalInt resends() {
    return OptionalInt.of(linkedIn.resends());
  }

  @Override
  protected OptionalInt passwordsSent() {
    return OptionalInt.of(linkedIn.passwordsSent());
  }

  @Test
  void aLinkThatSaysWhereItLeadsIsAnotherWay() {
    ConfirmationRequired app =
        assertWaits(ChallengeKind.APP_APPROVAL, begin("ada+waylink@example.com"));
    assertEquals(List.of(ChallengeKind.AUTHENTICATOR_CODE), app.options().alternatives());
    LoginOutcome code = choose(app, ChallengeKind.AUTHENTICATOR_CODE, request());
    assertAsks(ChallengeKind.AUTHENTICATOR_CODE, false, code);
    assertSignedIn(answer(code, RIGHT_CODE));
  }

  @ParameterizedTest
  @CsvSource({"waylist, AUTHENTICATOR_CODE", "wayradio, SMS_CODE"})
  void behindALinkThatDoesNotSayWhereItLeadsIsAList(String tag, ChallengeKind other) {
    LoginOutcome code = begin("ada+" + tag + "@example.com");
    CodeRequired asked = assertAsks(ChallengeKind.EMAIL_CODE, false, code);
    assertEquals(
        List.of(ChallengeKind.AUTHENTICATOR_CODE, ChallengeKind.SMS_CODE),
        asked.options().alternatives());
    RecordingJournal journal = request();
    LoginOutcome raised = choose(code, other, journal);
    assertAsks(other, false, raised);
    assertEquals(1, journal.calls().stream().filter(call -> call == Call.REQUEST).count());
    assertSignedIn(answer(raised, RIGHT_CODE));
  }

  @Test
  void aListThatDoesNotHoldItLeadsBack() {
    LoginOutcome code = begin("ada+waylist@example.com");
    LoginOutcome again = choose(code, ChallengeKind.SMS_CODE, request());
    assertAsks(ChallengeKind.EMAIL_CODE, false, again);
    assertSignedIn(answer(again, RIGHT_CODE));
  }

  @Test
  void aButtonThatIsOffForAWhileIsWaitedFor() {
    CodeRequired asked =
        assertAsks(ChallengeKind.SMS_CODE, false, begin("ada+resendlater@example.com"));
    assertTrue(asked.options().canResend());
    assertEquals(Optional.of(new SentTo("•••• 42")), asked.options().sentTo());
    LoginOutcome again = resend(asked, request());
    assertAsks(ChallengeKind.SMS_CODE, false, again);
    resends().ifPresent(sent -> assertEquals(1, sent));
    assertSignedIn(answer(again, RIGHT_CODE));
  }
}
