package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.LogRecorder;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.connector.LoginStart;
import ai.pathbound.identities.login.connector.RecordingJournal;
import ai.pathbound.identities.login.connector.SessionUse;
import ai.pathbound.identities.login.connector.SessionWantedException;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.Refused;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a use of a stored session ends, what the browser holds then is what is kept. */
@Tag("faults")
class SessionEndsTest extends RealBrowserTest {
  private final RecordingJournal journal = RecordingJournal.withNothing();
  private int logins;

  @AfterEach
  void eachLoginSentItsPasswordOnceAndNoUseOfASessionDid() {
    assertEquals(logins, linkedIn.passwordsSent());
    assertEquals(0, linkedIn.passwordsInAddresses());
  }

  @Test
  void aSessionThatWasRenewedOnTheWayToARefusalIsKept() {
    StoredSession session = won("ada+renew+thencaptcha@example.com");
    assertEquals(new Refused(FailureReason.CAPTCHA_REQUIRED), resume(session));
    assertRenewed(session, journal);
  }

  @Test
  void aPageThatNobodyKnowsIsToldOfAndTheSessionThatWasRenewedBeforeItIsKept() {
    StoredSession session = won("ada+renew+thenunknown@example.com");
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    Metrics.addRegistry(metrics);
    try (LogRecorder log = LogRecorder.ofEverything()) {
      assertThrows(LinkedInUnavailableException.class, () -> check(session, journal, false));
      List<String> outlines =
          log.lines().stream().filter(line -> line.contains("outline")).toList();
      assertEquals(1, outlines.size(), outlines.toString());
      assertTrue(outlines.get(0).contains("/checkpoint/challenge/x"), outlines.get(0));
      assertEquals(1.0, counted(metrics));
    } finally {
      Metrics.removeRegistry(metrics);
    }
    StoredSession renewed = assertRenewed(session, journal);
    assertEquals(new Refused(FailureReason.UNKNOWN_CHALLENGE), resume(renewed));
    assertRenewed(renewed, journal);
  }

  @Test
  void aSessionThatIsRenewedInLaterStepsOfALoginIsKeptInEachOfThem() {
    StoredSession session = won("ada+renew+then2fa+thencaptcha@example.com");
    CodeRequired asked = assertInstanceOf(CodeRequired.class, resume(session));
    StoredSession renewed = assertRenewed(session, journal);
    RecordingJournal answering = RecordingJournal.withCode("123456");
    try (WebDriverConnector connector = connector(setup())) {
      assertEquals(
          new Refused(FailureReason.CAPTCHA_REQUIRED),
          outcomeOf(connector.answer(asked.at(), answering)));
    }
    assertRenewed(renewed, answering);
    RecordingJournal looking = RecordingJournal.withNothing();
    try (WebDriverConnector connector = connector(setup())) {
      outcomeOf(connector.look(asked.at(), looking));
    }
    assertTrue(linkedIn.honoursOneIn(looking.session().orElseThrow().content().reveal()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSessionThatWasRenewedByAUseThatIsBrokenOffIsKept(boolean login) {
    StoredSession session = won("ada+renew+bare@example.com");
    linkedIn.hold("/in/me/");
    try (WebDriverConnector connector = connector(setup())) {
      Uni<?> use =
          login
              ? connector.begin(resuming(session), watched(journal))
              : connector.check(use(session, false), watched(journal));
      CompletableFuture<?> brokenOff = use.subscribeAsCompletionStage();
      Awaitility.await().atMost(PATIENCE).until(() -> linkedIn.held() > 0 || brokenOff.isDone());
      brokenOff.cancel(true);
      linkedIn.release();
      Awaitility.await().atMost(PATIENCE).until(() -> journal.session().isPresent());
    }
    assertRenewed(session, journal);
  }

  @Test
  void aUseThatIsBrokenOffWhileCookiesAreSetLeavesNoTorso() {
    StoredSession session = won("ada@example.com");
    // The browser does not take this one, and comes to it after those that were stored before it.
    JsonObject broken = new JsonObject(session.content().reveal());
    broken
        .getJsonArray("cookies")
        .add(JsonObject.of("name", "lang", "value", "x", "domain", "elsewhere.example"));
    StoredSession unsettable = new StoredSession(Secret.of(broken.encode()));
    assertThrows(RuntimeException.class, () -> check(unsettable, journal, false));
    assertThrows(RuntimeException.class, () -> resume(unsettable));
    assertEquals(Optional.empty(), journal.session(), "a part of the session is stored as all");
    assertTrue(check(session, journal, false));
  }

  @Test
  void aUseThatMakesWayEndsOnceItsSessionIsKeptAndItsBrowserIsClosed() {
    StoredSession session = won("ada+renew+bare@example.com");
    linkedIn.hold("/in/me/");
    CompletableFuture<Void> wanted = new CompletableFuture<>();
    SessionUse use =
        new SessionUse(
            new ProfileId(UUID.randomUUID()),
            session,
            Country.DEFAULT,
            false,
            Uni.createFrom().completionStage(wanted));
    try (WebDriverConnector connector = connector(setup())) {
      CompletableFuture<Boolean> check =
          connector.check(use, watched(journal)).subscribeAsCompletionStage();
      Awaitility.await().atMost(PATIENCE).until(() -> linkedIn.held() > 0 || check.isDone());
      wanted.complete(null);
      linkedIn.release();
      CompletionException made = assertThrows(CompletionException.class, check::join);
      assertInstanceOf(SessionWantedException.class, made.getCause());
      assertRenewed(session, journal);
      assertEquals(
          Optional.empty(),
          outcomeOf(connector.retrieve(journal.browser().orElseThrow())),
          "its browser is open");
    }
  }

  @Test
  void aLoopThatIsDownWithoutTheSessionProvesNothingAndTheSessionIsKept() {
    StoredSession session = won("ada+expired+loopdown@example.com");
    assertThrows(LinkedInUnavailableException.class, () -> check(session, journal, false));
    StoredSession kept = journal.session().orElseThrow();
    assertTrue(linkedIn.honoursOneIn(kept.content().reveal()));
    assertThrows(LinkedInUnavailableException.class, () -> resume(kept));
  }

  @Test
  void aSessionIsRetrievedAlsoWhereItsFeedFails() {
    StoredSession session = won("ada+expired+loopdown@example.com");
    linkedIn.hold("/feed/");
    BrowserHandle left;
    try (WebDriverConnector killed = connector(setup())) {
      CompletableFuture<Boolean> check =
          killed.check(use(session, false), watched(journal)).subscribeAsCompletionStage();
      Awaitility.await().atMost(PATIENCE).until(() -> linkedIn.held() > 0 || check.isDone());
      left = journal.browser().orElseThrow();
    }
    linkedIn.release();
    try (WebDriverConnector connector = connector(setup())) {
      StoredSession retrieved = outcomeOf(connector.retrieve(left)).orElseThrow();
      assertTrue(linkedIn.honoursOneIn(retrieved.content().reveal()));
    }
  }

  @Test
  void aSignOutThatAsksFirstIsConfirmedAndAWallAfterItIsSignedOut() {
    StoredSession session = won("ada+asksfirst+behind@example.com");
    try (WebDriverConnector connector = connector(setup())) {
      assertTrue(outcomeOf(connector.signOut(use(session, false), journal)));
    }
    assertEquals(0, linkedIn.sessions());
    assertEquals(Optional.empty(), journal.session(), "a browser that was signed out is stored");
  }

  @Test
  void whoseSessionItIsIsLearntLaterAndAnothersIsNotHonoured() {
    SignedIn won = assertInstanceOf(SignedIn.class, begin("ada+me999@example.com"));
    logins++;
    assertFalse(won.member().isKnown());
    assertTrue(check(won.session(), journal, true), "LinkedIn does not say it yet");
    assertEquals(List.of(), journal.members());
    linkedIn.sayWho();
    assertTrue(check(won.session(), journal, true));
    assertEquals(1, journal.members().size());
    RecordingJournal anothers =
        RecordingJournal.withNothing().of(new Member(Secret.of("somebody-else")));
    assertFalse(check(won.session(), anothers, true));
  }

  private StoredSession assertRenewed(StoredSession before, RecordingJournal told) {
    StoredSession now = told.session().orElseThrow();
    assertFalse(linkedIn.honoursOneIn(before.content().reveal()), "it was not renewed");
    assertTrue(linkedIn.honoursOneIn(now.content().reveal()), "a void session is kept");
    return now;
  }

  private StoredSession won(String username) {
    logins++;
    return assertInstanceOf(SignedIn.class, begin(username)).session();
  }

  private static SessionUse use(StoredSession session, boolean askWho) {
    return new SessionUse(new ProfileId(UUID.randomUUID()), session, Country.DEFAULT, askWho);
  }

  private boolean check(StoredSession session, RecordingJournal told, boolean askWho) {
    try (WebDriverConnector connector = connector(setup())) {
      return outcomeOf(connector.check(use(session, askWho), told));
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

  /** Of all outlines: those of other tests are there too, and not counted here. */
  private static double counted(SimpleMeterRegistry metrics) {
    return metrics.find("identities.linkedin.unknown.pages").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }
}
