package ai.pathbound.identities.login.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.LogRecorder;
import ai.pathbound.identities.login.connector.RecordingJournal.Call;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import java.util.Collections;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every connector must do. Each runs this suite against a LinkedIn, played or stood in for,
 * that is scripted by the same tags in the username. The shapes of LinkedIn's pages are in {@link
 * LinkedInShapesContract}.
 */
public abstract class LinkedInConnectorContract extends ConnectorOutcomes {

  @Test
  void theBrowserIsWrittenDownBeforeTheCredentialsAreTakenAndTheyAreTakenOnce() {
    RecordingJournal journal = credentialsOf("ada@example.com");
    assertSignedIn(outcomeOf(connector().begin(start(), journal)));
    assertEquals(Call.BROWSER, journal.calls().get(0));
    assertEquals(1, Collections.frequency(journal.calls(), Call.CREDENTIALS));
    assertFalse(journal.calls().contains(Call.CODE));
    passwordsSent().ifPresent(sent -> assertEquals(1, sent));
  }

  @Test
  void aCodeIsTakenOnceAndCredentialsNoMore() {
    LoginOutcome challenge = begin("ada+2fa@example.com");
    RecordingJournal journal = codeOf(RIGHT_CODE);
    outcomeOf(connector().answer(challenge.browser().orElseThrow(), journal));
    assertEquals(1, Collections.frequency(journal.calls(), Call.CODE));
    assertFalse(journal.calls().contains(Call.CREDENTIALS));
    passwordsSent().ifPresent(sent -> assertEquals(1, sent));
  }

  @Test
  void aLoginThatIsGoneStopsAtOnceWhereverItIs() {
    int calls = callsOf("ada@example.com");
    for (int call = 1; call <= calls; call++) {
      int sentBefore = passwordsSent().orElse(0);
      RecordingJournal journal = credentialsOf("ada@example.com").goneAt(call);
      assertThrows(
          LoginLostException.class,
          () -> outcomeOf(connector().begin(start(), journal)),
          "call " + call);
      assertEquals(call, journal.calls().size(), "it went on after the login was gone");
      if (!typed(journal, call)) {
        passwordsSent().ifPresent(sent -> assertEquals(sentBefore, sent));
      }
    }
  }

  @Test
  void aLoginThatIsGoneTypesNoCode() {
    CodeRequired challenge =
        assertAsks(ChallengeKind.SMS_CODE, false, begin("ada+sms@example.com"));
    RecordingJournal gone = codeOf(RIGHT_CODE).goneAt(1);
    assertThrows(
        LoginLostException.class, () -> outcomeOf(connector().answer(challenge.at(), gone)));
    assertEquals(1, gone.calls().size(), "it went on after the login was gone");
    assertAsks(ChallengeKind.SMS_CODE, false, look(challenge.at()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ada@example.com", "ada+2fa@example.com", "ada+rejected@example.com"})
  void afterACrashAnywhereInItsBeginningALoginGoesOnOrIsInterrupted(String username) {
    LoginOutcome undisturbed = begin(username);
    int calls = callsOf(username);
    for (int call = 1; call <= calls; call++) {
      int sentBefore = passwordsSent().orElse(0);
      RecordingJournal journal = credentialsOf(username).crashAfter(call);
      crash(connector().begin(start(), journal), journal, call);
      LoginOutcome found = look(journal.browser().orElseThrow());
      LoginOutcome interrupted = refused(FailureReason.INTERRUPTED);
      if (typed(journal, call)) {
        assertTrue(found.equals(interrupted) || alike(undisturbed, found), found.toString());
        passwordsSent().ifPresent(sent -> assertTrue(sent <= sentBefore + 1, "sent twice"));
      } else {
        assertEquals(interrupted, found, "nothing was typed yet");
        passwordsSent().ifPresent(sent -> assertEquals(sentBefore, sent));
      }
    }
  }

  @Test
  void afterACrashInTheMiddleOfAnAnswerTheCodeIsAskedForAgainOrWasRight() {
    int calls = callsOfTheRightCode();
    for (int call = 1; call <= calls; call++) {
      CodeRequired challenge =
          assertAsks(ChallengeKind.SMS_CODE, false, begin("ada+sms@example.com"));
      RecordingJournal journal = codeOf(RIGHT_CODE).crashAfter(call);
      crash(connector().answer(challenge.at(), journal), journal, call);
      LoginOutcome found = look(journal.browser().orElse(challenge.at()));
      if (found instanceof CodeRequired again) {
        assertEquals(ChallengeKind.SMS_CODE, again.kind());
        found = answer(again, RIGHT_CODE);
      }
      assertSignedIn(found);
    }
  }

  @Test
  void afterACrashDuringAChallengeItIsFoundAgain() {
    RecordingJournal journal = credentialsOf("ada+2fa@example.com");
    outcomeOf(connector().begin(start(), journal));
    LoginOutcome found = look(journal.browser().orElseThrow());
    assertAsks(ChallengeKind.AUTHENTICATOR_CODE, false, found);
    assertSignedIn(answer(found, RIGHT_CODE));
  }

  @Test
  void aMemberIsTheSameWhateverHappenedOnTheWayIn() {
    SignedIn plain = assertSignedIn(begin("ada@example.com"));
    SignedIn challenged = assertSignedIn(answer(begin("ada+2fa@example.com"), RIGHT_CODE));
    SignedIn another = assertSignedIn(begin("grace@example.com"));
    SignedIn elsewhere = assertSignedIn(begin("ada@example.org"));
    assertEquals(plain.member(), challenged.member());
    assertNotEquals(plain.member(), another.member());
    assertNotEquals(plain.member(), elsewhere.member());
  }

  @Test
  void aStoredSessionSignsInAgainWithoutCredentials() {
    SignedIn first = assertSignedIn(begin("ada@example.com"));
    RecordingJournal journal = nothing();
    SignedIn again = assertSignedIn(outcomeOf(connector().begin(start(first.session()), journal)));
    assertEquals(first.member(), again.member());
    assertEquals(List.of(), journal.calls().stream().filter(c -> c != Call.BROWSER).toList());
    assertFalse(journal.browsers().isEmpty(), "nobody could close its browser");
    assertTrue(check(again.session()));
  }

  @Test
  void aStoredSessionThatIsNoLongerHonouredIsExpired() {
    SignedIn first = assertSignedIn(begin("ada+expired@example.com"));
    RecordingJournal journal = nothing();
    assertEquals(
        refused(FailureReason.SESSION_EXPIRED),
        outcomeOf(connector().begin(start(first.session()), journal)));
    assertFalse(journal.calls().contains(Call.CREDENTIALS));
  }

  @Test
  void aReLoginThatIsGoneStopsAtOnce() {
    SignedIn first = assertSignedIn(begin("ada@example.com"));
    RecordingJournal gone = nothing().goneAt(1);
    assertThrows(
        LoginLostException.class, () -> outcomeOf(connector().begin(start(first.session()), gone)));
    assertEquals(1, gone.calls().size());
  }

  @Test
  void aCheckTellsWhetherASessionIsHonouredAndKeepsNothing() {
    SignedIn good = assertSignedIn(begin("ada@example.com"));
    SignedIn ended = assertSignedIn(begin("grace+expired@example.com"));
    abandonEveryBrowser();
    for (int time = 0; time < 2; time++) {
      assertTrue(check(good.session()));
      assertFalse(check(ended.session()));
      browsersOpen().ifPresent(open -> assertEquals(0, open));
    }
  }

  @Test
  void aBrowserMayBeAbandonedTwice() {
    BrowserHandle browser = begin("ada+2fa@example.com").browser().orElseThrow();
    outcomeOf(connector().abandon(browser));
    outcomeOf(connector().abandon(browser));
    browsersOpen().ifPresent(open -> assertEquals(0, open));
  }

  @Test
  void theDefaultCountryIsWithinReach() {
    assertTrue(connector().reaches(Country.DEFAULT));
  }

  @Test
  void noSecretIsLoggedWhateverTheLevel() {
    try (LogRecorder log = LogRecorder.ofEverything()) {
      Logger.getLogger(getClass()).trace("this is heard");
      LoginOutcome challenge = begin("ada+2fa@example.com");
      SignedIn signedIn = assertSignedIn(answer(answer(challenge, WRONG_CODE), RIGHT_CODE));
      assertEquals(refused(FailureReason.CREDENTIALS_REJECTED), begin("ada+rejected@example.com"));
      String session = signedIn.session().content().reveal();
      assertTrue(log.lines().stream().anyMatch(line -> line.contains("this is heard")));
      for (String secret : List.of(PASSWORD, RIGHT_CODE, WRONG_CODE, "ada+", session)) {
        assertEquals(
            List.of(), log.lines().stream().filter(line -> line.contains(secret)).toList());
      }
    }
  }

  @Test
  void noSecretIsPrintedAndNoPasswordIsKept() {
    RecordingJournal journal = credentialsOf("ada+2fa@example.com");
    LoginOutcome challenge = outcomeOf(connector().begin(start(), journal));
    SignedIn signedIn = assertSignedIn(answer(challenge, RIGHT_CODE));
    String printed = challenge + " " + signedIn + " " + journal.browsers() + " " + connector();
    for (String secret : List.of(PASSWORD, RIGHT_CODE, "ada", signedIn.member().key().reveal())) {
      assertFalse(printed.contains(secret), "printed: " + printed);
    }
    assertFalse(signedIn.session().content().reveal().contains(PASSWORD));
    for (BrowserHandle browser : journal.browsers()) {
      assertFalse(browser.content().reveal().contains(PASSWORD));
    }
  }

  private int callsOf(String username) {
    RecordingJournal journal = credentialsOf(username);
    outcomeOf(connector().begin(start(), journal));
    return journal.calls().size();
  }

  private int callsOfTheRightCode() {
    RecordingJournal journal = codeOf(RIGHT_CODE);
    BrowserHandle browser = begin("ada+sms@example.com").browser().orElseThrow();
    outcomeOf(connector().answer(browser, journal));
    return journal.calls().size();
  }

  /** Whether the connector had the credentials in hand before it made that call. */
  private static boolean typed(RecordingJournal journal, int call) {
    return journal.calls().subList(0, call - 1).contains(Call.CREDENTIALS);
  }

  private static boolean alike(LoginOutcome one, LoginOutcome other) {
    if (one instanceof CodeRequired first && other instanceof CodeRequired second) {
      return first.kind() == second.kind();
    }
    return one instanceof SignedIn ? other instanceof SignedIn : one.equals(other);
  }
}
