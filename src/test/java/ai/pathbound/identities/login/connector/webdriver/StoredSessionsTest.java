package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import ai.pathbound.identities.login.session.StoredSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A session that LinkedIn renews, ends or hides, in a real browser. */
@Tag("faults")
class StoredSessionsTest extends SessionUseTest {

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
  void aFeedThatShowsNoMemberIsProvenByTheMembersOwnAddress() {
    assertTrue(check(won("ada+bare@example.com")));
    assertEquals(1, journal.members().size());
    StoredSession neither = won("grace+me999@example.com");
    assertTrue(check(neither));
  }

  @Test
  void aSessionIsSignedOutAtLinkedIn() {
    StoredSession session = won("ada@example.com");
    assertEquals(1, linkedIn.sessions());
    assertTrue(signOut(session));
    assertEquals(0, linkedIn.sessions());
    assertFalse(check(session));
  }
}
