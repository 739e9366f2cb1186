package ai.pathbound.identities.login.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.StoredSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The contract's second part: what every connector must make of LinkedIn's pages in the shapes of
 * late, each by its tag. A LinkedIn that does not play them ignores their tags, as the sandbox
 * does: whoever logs in there is signed in, and stays it.
 */
public abstract class LinkedInShapesContract extends LoginShapes {

  /** That LinkedIn honours that session, where LinkedIn says so beside the connector. */
  protected void assertHonoured(StoredSession session) {}

  /**
   * What the uses of a session that is won with those tags find: the check, and then the login
   * without credentials.
   */
  @ParameterizedTest
  @CsvSource({
    "renew, true, SIGNED_IN",
    "renew+preload, true, SIGNED_IN",
    "renew+home, true, SIGNED_IN",
    "homepost, true, SIGNED_IN",
    "homead, true, SIGNED_IN",
    "expired+picker, false, SESSION_EXPIRED",
    "expired+wall, false, SESSION_EXPIRED",
    "expired+form, false, SESSION_EXPIRED",
    "expired+loop, false, SESSION_EXPIRED",
    "expired, false, SESSION_EXPIRED",
    "renew+failing, , ",
    "expired+loopdown, , ",
    "renew+thencaptcha, , CAPTCHA_REQUIRED",
    "renew+thenunknown, , UNKNOWN_CHALLENGE",
    "renew+thenlocked, , ACCOUNT_LOCKED",
    "renew+then2fa, , AUTHENTICATOR_CODE",
    "renew+bare+captchaonce, , SIGNED_IN"
  })
  void aStoredSessionIsWhatTheLastUseLeft(String tags, Boolean connected, String again) {
    boolean sandboxEnds = !playsShapes() && tags.startsWith("expired");
    StoredSession session = assertSignedIn(begin("ada+" + tags + "@example.com")).session();
    RecordingJournal checking = nothing();
    if (!playsShapes()) {
      assertEquals(!sandboxEnds, check(session, checking));
    } else if (connected == null) {
      assertThrows(RuntimeException.class, () -> check(session, checking));
    } else {
      assertEquals(connected, check(session, checking));
      if (!connected) {
        assertTrue(checking.session().isEmpty(), "a browser that was signed out is stored");
      }
    }
    StoredSession left = checking.session().orElse(session);
    RecordingJournal resuming = nothing();
    if (playsShapes() && again == null) {
      assertThrows(
          RuntimeException.class, () -> outcomeOf(connector().begin(start(left), resuming)));
    } else {
      assertEquals(
          sandboxEnds ? FailureReason.SESSION_EXPIRED.toString() : end(again),
          word(outcomeOf(connector().begin(start(left), resuming))));
    }
    if (tags.startsWith("renew")) {
      assertHonoured(resuming.session().orElse(left));
    }
    assertSent(1);
  }

  @ParameterizedTest
  @CsvSource({"asksfirst+behind, true", "failing, false"})
  void aSignOutSaysWhetherLinkedInShowedIt(String tags, boolean played) {
    StoredSession session = assertSignedIn(begin("ada+" + tags + "@example.com")).session();
    assertEquals(!playsShapes() || played, signOut(session));
    assertSent(1);
  }
}
