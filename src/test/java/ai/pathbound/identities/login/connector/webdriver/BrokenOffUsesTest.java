package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.login.connector.SessionUse;
import ai.pathbound.identities.login.connector.SessionWantedException;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A use of a stored session that somebody ends in the middle. */
@Tag("faults")
class BrokenOffUsesTest extends SessionUseTest {

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
      awaitHeld(brokenOff);
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
    assertThrows(RuntimeException.class, () -> check(unsettable));
    assertThrows(RuntimeException.class, () -> resume(unsettable));
    assertEquals(Optional.empty(), journal.session(), "a part of the session is stored as all");
    assertTrue(check(session));
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
            Uni.createFrom().completionStage(wanted::copy));
    try (WebDriverConnector connector = connector(setup())) {
      CompletableFuture<Boolean> check =
          connector.check(use, watched(journal)).subscribeAsCompletionStage();
      awaitHeld(check);
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
  void aSessionIsRetrievedAlsoWhereItsFeedFails() {
    StoredSession session = won("ada+expired+loopdown@example.com");
    linkedIn.hold("/feed/");
    BrowserHandle left;
    try (WebDriverConnector killed = connector(setup())) {
      CompletableFuture<Boolean> check =
          killed.check(use(session, false), watched(journal)).subscribeAsCompletionStage();
      awaitHeld(check);
      left = journal.browser().orElseThrow();
    }
    linkedIn.release();
    try (WebDriverConnector connector = connector(setup())) {
      StoredSession retrieved = outcomeOf(connector.retrieve(left)).orElseThrow();
      assertTrue(linkedIn.honoursOneIn(retrieved.content().reveal()));
    }
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
      awaitHeld(killed);
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

  @Test
  void aSessionThatWasRenewedIsKeptAlsoByAUseThatIsBrokenOffWhileItIsOutOfTheBrowser() {
    StoredSession session = won("ada+expired+loopdown@example.com");
    linkedIn.holdWithout("/feed/", "li_at");
    try (WebDriverConnector connector = connector(setup())) {
      CompletableFuture<Boolean> check =
          connector.check(use(session, false), watched(journal)).subscribeAsCompletionStage();
      awaitHeld(check);
      check.cancel(true);
      linkedIn.release();
    }
    StoredSession kept = journal.session().orElseThrow();
    assertTrue(linkedIn.honoursOneIn(kept.content().reveal()));
  }
}
