package ai.pathbound.identities.login.connector.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.LinkedInConnectorContract;
import ai.pathbound.identities.login.connector.RecordingJournal;
import ai.pathbound.identities.login.connector.SessionUse;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.ConfirmationRequired;
import ai.pathbound.identities.login.session.LoginOutcome.Refused;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxConnectorTest extends LinkedInConnectorContract {
  private static final Duration CONFIRM_AFTER = Duration.ofSeconds(3);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofHours(1);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-04-29T12:00:00Z"));

  @Override
  protected LinkedInConnector connector() {
    return connector(SHORT, Set.of());
  }

  @Override
  protected void advance(Duration duration) {
    clock.advance(duration);
  }

  @Override
  protected Duration confirmAfter() {
    return CONFIRM_AFTER;
  }

  @Test
  void afterTheScriptWasWrittenDownACrashLosesNothing() {
    RecordingJournal journal = credentialsOf("ada+sms@example.com").crashAfter(3);
    crash(connector().begin(start(), journal), journal, 3);
    assertAsks(ChallengeKind.SMS_CODE, false, look(journal.browser().orElseThrow()));
  }

  @Test
  void afterACrashAReLoginGoesOnToItsEnd() {
    StoredSession good = assertSignedIn(begin("ada@example.com")).session();
    StoredSession ended = assertSignedIn(begin("ada+expired@example.com")).session();
    assertSignedIn(lookAfterCrashOfReLogin(good));
    assertEquals(new Refused(FailureReason.SESSION_EXPIRED), lookAfterCrashOfReLogin(ended));
  }

  @Test
  void aConfirmationIsGivenNotAMomentTooEarly() {
    ConfirmationRequired link =
        assertWaits(ChallengeKind.EMAIL_LINK, begin("ada+email@example.com"));
    advance(CONFIRM_AFTER.minusMillis(1));
    ConfirmationRequired still = assertWaits(ChallengeKind.EMAIL_LINK, look(link.at()));
    advance(Duration.ofMillis(1));
    assertSignedIn(look(still.at()));
  }

  @Test
  void whoLooksLateStillSeesTheNextConfirmation() {
    ConfirmationRequired app =
        assertWaits(ChallengeKind.APP_APPROVAL, begin("ada+app+email@example.com"));
    advance(CONFIRM_AFTER.multipliedBy(10));
    ConfirmationRequired link = assertWaits(ChallengeKind.EMAIL_LINK, look(app.at()));
    advance(CONFIRM_AFTER);
    assertSignedIn(look(link.at()));
  }

  @Test
  void aSlowLoginStaysInTheCall() {
    RecordingJournal journal = credentialsOf("ada+slow@example.com");
    UniAssertSubscriber<LoginOutcome> begun = subscribe(slow().begin(start(), journal));
    begun.assertNotTerminated();
    begun.cancel();
  }

  @Test
  void afterACrashASlowLoginWaitsOnlyForTheRest() {
    RecordingJournal journal = credentialsOf("ada+slow+2fa@example.com");
    subscribe(slow().begin(start(), journal)).cancel();
    BrowserHandle browser = journal.browser().orElseThrow();
    UniAssertSubscriber<LoginOutcome> tooEarly = subscribe(slow().look(browser, nothing()));
    tooEarly.assertNotTerminated();
    tooEarly.cancel();
    advance(LONG.minus(SHORT));
    LoginOutcome found = outcomeOf(slow().look(browser, nothing()));
    assertAsks(ChallengeKind.AUTHENTICATOR_CODE, false, found);
    advance(SHORT);
    subscribe(slow().look(browser, nothing())).assertCompleted();
  }

  @Test
  void aSlowPageBehindAConfirmationLoadsFromThatMomentOn() {
    LoginOutcome app = begin("ada+app+slow@example.com");
    BrowserHandle browser = app.browser().orElseThrow();
    advance(LONG);
    UniAssertSubscriber<LoginOutcome> loading = subscribe(slow().look(browser, nothing()));
    loading.assertNotTerminated();
    loading.cancel();
    advance(CONFIRM_AFTER);
    subscribe(slow().look(browser, nothing())).assertCompleted();
  }

  @Test
  void aCodeThatNobodyAskedForIsLeftInTheRow() {
    BrowserHandle browser = begin("ada+app@example.com").browser().orElseThrow();
    RecordingJournal journal = codeOf(RIGHT_CODE);
    assertWaits(ChallengeKind.APP_APPROVAL, outcomeOf(connector().answer(browser, journal)));
    assertTrue(journal.calls().isEmpty());
  }

  @Test
  void countriesThatAreSwitchedOffAreOutOfReach() {
    LinkedInConnector connector = connector(SHORT, Set.of("de", "KP"));
    assertFalse(connector.reaches(new Country("DE")));
    assertFalse(connector.reaches(new Country("KP")));
    assertTrue(connector.reaches(new Country("FR")));
  }

  @Test
  void aCountryThatIsNoneStopsTheStart() {
    ConfigurationException refused =
        assertThrows(ConfigurationException.class, () -> connector(SHORT, Set.of("Narnia")));
    assertTrue(refused.getMessage().contains("'Narnia'"), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "li_at=AQEDAQ", "[]", "{\"cookies\":[\"li_at=AQEDAQ\"]}"})
  void whatAnotherConnectorWroteIsRefusedWithoutShowingIt(String content) {
    Secret foreign = Secret.of(content);
    LinkedInConnector connector = connector();
    assertNotOurs(() -> outcomeOf(connector.look(new BrowserHandle(foreign), nothing())));
    assertNotOurs(
        () -> outcomeOf(connector.answer(new BrowserHandle(foreign), codeOf(RIGHT_CODE))));
    assertNotOurs(
        () ->
            outcomeOf(
                connector.check(
                    new SessionUse(PROFILE, new StoredSession(foreign), Country.DEFAULT, false),
                    nothing())));
    assertNotOurs(() -> outcomeOf(connector.begin(start(new StoredSession(foreign)), nothing())));
    outcomeOf(connector.abandon(new BrowserHandle(foreign)));
  }

  private static void assertNotOurs(Executable step) {
    IllegalStateException refused = assertThrows(IllegalStateException.class, step);
    assertFalse(refused.getMessage().contains("li_at"));
    assertNull(refused.getCause());
  }

  private LoginOutcome lookAfterCrashOfReLogin(StoredSession session) {
    RecordingJournal journal = nothing().crashAfter(1);
    crash(connector().begin(start(session), journal), journal, 1);
    return look(journal.browser().orElseThrow());
  }

  private LinkedInConnector slow() {
    return connector(LONG, Set.of());
  }

  private static UniAssertSubscriber<LoginOutcome> subscribe(Uni<LoginOutcome> step) {
    return step.subscribe().withSubscriber(UniAssertSubscriber.create());
  }

  private LinkedInConnector connector(Duration slowFor, Set<String> unavailable) {
    return new SandboxConnector(
        new SandboxSettings() {
          @Override
          public Duration confirmAfter() {
            return CONFIRM_AFTER;
          }

          @Override
          public Duration slowFor() {
            return slowFor;
          }

          @Override
          public Optional<Set<String>> unavailableCountries() {
            return Optional.of(unavailable);
          }
        },
        clock);
  }
}
