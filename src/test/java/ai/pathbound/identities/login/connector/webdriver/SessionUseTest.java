package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.connector.LoginStart;
import ai.pathbound.identities.login.connector.RecordingJournal;
import ai.pathbound.identities.login.connector.SessionUse;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import ai.pathbound.identities.login.session.StoredSession;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** What tests of a stored session's uses are made of. No use of a session sends a password. */
abstract class SessionUseTest extends RealBrowserTest {
  /** Of the uses of a test. */
  final RecordingJournal journal = RecordingJournal.withNothing();

  private int logins;

  @AfterEach
  void eachLoginSentItsPasswordOnceAndNoUseOfASessionDid() {
    assertEquals(logins, linkedIn.passwordsSent());
    assertEquals(0, linkedIn.passwordsInAddresses());
  }

  SignedIn signedIn(String username) {
    logins++;
    return assertInstanceOf(SignedIn.class, begin(username));
  }

  StoredSession won(String username) {
    return signedIn(username).session();
  }

  static SessionUse use(StoredSession session, boolean askWho) {
    return new SessionUse(new ProfileId(UUID.randomUUID()), session, Country.DEFAULT, askWho);
  }

  static LoginStart resuming(StoredSession session) {
    return new LoginStart(new SessionId(UUID.randomUUID()), Country.DEFAULT, Optional.of(session));
  }

  boolean check(StoredSession session) {
    return check(session, journal, false);
  }

  boolean check(StoredSession session, RecordingJournal told, boolean askWho) {
    try (WebDriverConnector connector = connector(setup())) {
      return outcomeOf(connector.check(use(session, askWho), told));
    }
  }

  boolean signOut(StoredSession session) {
    try (WebDriverConnector connector = connector(setup())) {
      return outcomeOf(connector.signOut(use(session, false), journal));
    }
  }

  LoginOutcome resume(StoredSession session) {
    try (WebDriverConnector connector = connector(setup())) {
      return outcomeOf(connector.begin(resuming(session), watched(journal)));
    }
  }

  /** Waits until LinkedIn holds an answer back that a use waits for. */
  void awaitHeld(CompletableFuture<?> use) {
    Awaitility.await().atMost(PATIENCE).until(() -> linkedIn.held() > 0 || use.isDone());
    assertFalse(use.isDone(), "it did not come to what is held back");
  }

  StoredSession assertRenewed(StoredSession before, RecordingJournal told) {
    StoredSession now = told.session().orElseThrow();
    assertFalse(linkedIn.honoursOneIn(before.content().reveal()), "it was not renewed");
    assertTrue(linkedIn.honoursOneIn(now.content().reveal()), "a void session is kept");
    return now;
  }
}
