package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.LogRecorder;
import ai.pathbound.identities.login.connector.RecordingJournal;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.Refused;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** However a use of a stored session ends, what the browser holds then is what is kept. */
@Tag("faults")
class SessionEndsTest extends SessionUseTest {

  @Test
  void aPageThatNobodyKnowsIsToldOfAndTheSessionThatWasRenewedBeforeItIsKept() {
    StoredSession session = won("ada+renew+thenunknown@example.com");
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    Metrics.addRegistry(metrics);
    try (LogRecorder log = LogRecorder.ofEverything()) {
      assertThrows(LinkedInUnavailableException.class, () -> check(session));
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

  @Test
  void aLoopThatIsDownWithoutTheSessionProvesNothingAndTheSessionIsKept() {
    StoredSession session = won("ada+expired+loopdown@example.com");
    assertThrows(LinkedInUnavailableException.class, () -> check(session));
    StoredSession kept = journal.session().orElseThrow();
    assertTrue(linkedIn.honoursOneIn(kept.content().reveal()));
    assertThrows(LinkedInUnavailableException.class, () -> resume(kept));
  }

  @Test
  void aSignOutThatAsksFirstIsConfirmedAndAWallAfterItIsSignedOut() {
    StoredSession session = won("ada+asksfirst+behind@example.com");
    assertTrue(signOut(session));
    assertEquals(0, linkedIn.sessions());
    assertEquals(Optional.empty(), journal.session(), "a browser that was signed out is stored");
  }

  @Test
  void whoseSessionItIsIsLearntLaterAndAnothersIsNotHonoured() {
    SignedIn won = signedIn("ada+me999@example.com");
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

  /** Of all outlines: those of other tests are there too, and not counted here. */
  private static double counted(SimpleMeterRegistry metrics) {
    return metrics.find("identities.linkedin.unknown.pages").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }
}
