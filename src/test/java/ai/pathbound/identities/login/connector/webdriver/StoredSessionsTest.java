package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.connector.LoginStart;
import ai.pathbound.identities.login.connector.RecordingJournal;
import ai.pathbound.identities.login.connector.SessionUse;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import ai.pathbound.identities.login.session.StoredSession;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A session that LinkedIn renews, ends or hides, in a real browser. */
@Tag("faults")
class StoredSessionsTest extends RealBrowserTest {
  private final RecordingJournal journal = RecordingJournal.withNothing();
  private int logins;

  @AfterEach
  void eachLoginSentItsPasswordOnceAndNoUseOfASessionDid() {
    assertEquals(logins, linkedIn.passwordsSent());
    assertEquals(0, linkedIn.passwordsInAddresses());
  }

  @Test
  void aSessionThatIsRenewedAtEveryUseLives() {
    StoredSession session = won("ada+renew@example.com");
    for (int use = 0; use < 3; use++) {
      assertTrue(check(session), "use " + use);
      session = journal.session().orElseThrow();
    }
    session = assertInstanceOf(SignedIn.class, resume(session)).session();
    assertTrue(check(session));
    assertEquals(1, linkedIn.sessions());
  }

  @Test
  void aSessionThatWasRenewedByAUseThatFailedLaterIsKept() {
    StoredSession session = won("ada+renew+failing@example.com");
    assertThrows(LinkedInUnavailableException.class, () -> check(session));
    StoredSession renewed = journal.session().orElseThrow();
    assertThrows(LinkedInUnavailableException.class, () -> resume(renewed));
    assertEquals(1, linkedIn.sessions(), "the one that was lost cannot be renewed");
  }

  @Test
  void aFeedThatShowsNoMemberIsProvenByTheMembersOwnAddress() {
    assertTrue(check(won("ada+bare@example.com")));
    assertEquals(1, journal.members().size());
    StoredSession neither = won("grace+me999@example.com");
    assertTrue(check(neither));
  }

  @Test
  void anAccountThatIsRestrictedProvesNeitherAndItsSessionMayLive() {
    StoredSession session = won("ada+thenlocked@example.com");
    assertThrows(LinkedInUnavailableException.class, () -> check(session));
  }

  @Test
  void aSessionIsSignedOutAtLinkedIn() {
    StoredSession session = won("ada@example.com");
    assertEquals(1, linkedIn.sessions());
    try (WebDriverConnector connector = connector(setup())) {
      assertTrue(outcomeOf(connector.signOut(use(session), journal)));
    }
    assertEquals(0, linkedIn.sessions());
    assertFalse(check(session));
  }

  @Test
  void aSessionIsRetrievedFromTheBrowserOfAUseThatWasBrokenOff() {
    StoredSession session = won("ada+renew@example.com");
    linkedIn.hold("/in/me/");
    BrowserHandle left;
    try (WebDriverConnector connector = connector(setup())) {
      // Its replica is killed after the session was renewed: nobody says anything any more.
      CompletableFuture<LoginOutcome> killed =
          connector.begin(resuming(session), watched(journal)).subscribeAsCompletionStage();
      Awaitility.await().atMost(PATIENCE).until(() -> linkedIn.held() > 0 || killed.isDone());
      left = journal.browser().orElseThrow();
      killed.cancel(true);
    }
    linkedIn.release();
    assertFalse(check(session), "the old one counts no more");
    try (WebDriverConnector connector = connector(setup())) {
      StoredSession retrieved = outcomeOf(connector.retrieve(left)).orElseThrow();
      assertTrue(check(retrieved));
      assertEquals(Optional.empty(), outcomeOf(connector.retrieve(left)), "it is closed");
    }
  }

  private StoredSession won(String username) {
    logins++;
    return assertInstanceOf(SignedIn.class, begin(username)).session();
  }

  private static SessionUse use(StoredSession session) {
    return new SessionUse(new ProfileId(UUID.randomUUID()), session, Country.DEFAULT, false);
  }

  private boolean check(StoredSession session) {
    try (WebDriverConnector connector = connector(setup())) {
      return outcomeOf(connector.check(use(session), journal));
    }
  }

  private LoginOutcome resume(StoredSession session) {
    try (WebDriverConnector connector = connector(setup())) {
      return outcomeOf(connector.begin(resuming(session), watched(journal)));
    }
  }

  private static LoginStart resuming(StoredSession session) {
    return new LoginStart(new SessionId(UUID.randomUUID()), Country.DEFAULT, Optional.of(session));
  }
}
