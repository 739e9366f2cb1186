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
import ai.pathbound.identities.login.session.Credentials.SessionCookie;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.Refused;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A login that brings a session of another browser, in a real one. */
@Tag("faults")
class BroughtSessionTest extends RealBrowserTest {
  private static List<JsonObject> cookies(StoredSession session) {
    return new JsonObject(session.content().reveal())
        .getJsonArray("cookies").stream().map(JsonObject.class::cast).toList();
  }

  private static Optional<String> cookie(StoredSession session, String name) {
    return cookies(session).stream()
        .filter(cookie -> name.equals(cookie.getString("name")))
        .map(cookie -> cookie.getString("value"))
        .findFirst();
  }

  private StoredSession won(String username) {
    return assertInstanceOf(SignedIn.class, begin(username)).session();
  }

  private LoginOutcome bring(StoredSession made) {
    return bring(
        new SessionCookie(
            Secret.of(cookie(made, "li_at").orElseThrow()), cookie(made, "li_a").map(Secret::of)));
  }

  private LoginOutcome bring(SessionCookie cookie) {
    try (WebDriverConnector connector = connector(setup())) {
      return outcomeOf(
          connector.begin(
              new LoginStart(
                  new SessionId(UUID.randomUUID()), Country.DEFAULT, Optional.empty(), true),
              watched(RecordingJournal.with(cookie))));
    }
  }

  private boolean check(StoredSession session) {
    SessionUse use =
        new SessionUse(new ProfileId(UUID.randomUUID()), session, Country.DEFAULT, false);
    try (WebDriverConnector connector = connector(setup())) {
      return outcomeOf(connector.check(use, watched(RecordingJournal.withNothing())));
    }
  }

  @Test
  void whatTheBrowserHoldsInTheEndIsTheSession() {
    SignedIn made = assertInstanceOf(SignedIn.class, begin("ada@example.com"));
    SignedIn brought = assertInstanceOf(SignedIn.class, bring(made.session()));
    assertFalse(brought.member().isAnotherThan(made.member()));
    assertEquals(cookie(made.session(), "li_a"), cookie(brought.session(), "li_a"));
    assertTrue(check(brought.session()));
    assertEquals(1, linkedIn.passwordsSent(), "of the other browser");
  }

  @Test
  void theNextOneThatLinkedInGivesTakesItsPlace() {
    StoredSession made = won("ada+renew@example.com");
    StoredSession brought = assertInstanceOf(SignedIn.class, bring(made)).session();
    assertEquals(
        1,
        cookies(brought).stream()
            .filter(cookie -> "li_at".equals(cookie.getString("name")))
            .count(),
        "beside the new one the old one is still sent");
    assertTrue(check(brought));
    assertFalse(check(made), "the other browser's counts no more");
  }

  @Test
  void whatLinkedInDoesNotHonourIsNoSession() {
    LoginOutcome found = bring(new SessionCookie(Secret.of("AQEDAQb"), Optional.empty()));
    assertEquals(FailureReason.SESSION_EXPIRED, assertInstanceOf(Refused.class, found).reason());
  }
}
