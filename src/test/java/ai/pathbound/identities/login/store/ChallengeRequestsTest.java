package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.ChallengeOptions;
import ai.pathbound.identities.login.session.ChallengeRequest;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.SentTo;
import ai.pathbound.identities.secret.Secret;
import io.vertx.mutiny.sqlclient.Row;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits to be pressed, and what is left of a challenge that is over. */
class ChallengeRequestsTest {
  private static final int BIT_MORE_THAN_A_MINUTE = 61;
  private static final LoginOutcome TEXT =
      new LoginOutcome.CodeRequired(
          ChallengeKind.SMS_CODE,
          false,
          new ChallengeOptions(
              Optional.of(new SentTo("•••• 42")), List.of(ChallengeKind.AUTHENTICATOR_CODE), true),
          new BrowserHandle(Secret.of("browser")));

  private static final LoginOutcome TAP =
      new LoginOutcome.ConfirmationRequired(
          ChallengeKind.APP_APPROVAL,
          new ChallengeOptions(Optional.empty(), List.of(ChallengeKind.SMS_CODE), false),
          new BrowserHandle(Secret.of("browser")));

  @AutoClose private static final TestStore store = new TestStore();

  private RacingLogin login;

  @BeforeEach
  void asksForAText() {
    login = new RacingLogin(store, 0);
    login.begin();
    login.settle(TEXT);
    login.letPass(BIT_MORE_THAN_A_MINUTE);
  }

  private Row row() {
    return store
        .run(
            store
                .pool
                .query("select * from login_session where id = '" + login.id() + "'")
                .execute())
        .iterator()
        .next();
  }

  @Test
  void itIsTakenOutByTheWorkerThatHoldsTheLoginAndByNoOther() throws SQLException {
    assertTrue(login.accepts(login.resending()));
    assertEquals("resend", row().getString("challenge_request"));
    Claim dead = login.claim();
    store.execute(
        "update login_session set lease_until = now() - interval '1 second' where id = '"
            + login.id()
            + "'");
    assertEquals(1, store.run(store.stranded.rescue()));
    assertFalse(store.run(store.claimed.takeRequest(dead)), "a worker that was thought dead");
    Claim next = login.claim();
    assertTrue(next.request().isPresent());
    assertTrue(store.run(store.claimed.takeRequest(next)));
    assertFalse(store.run(store.claimed.takeRequest(next)));
    assertEquals(null, row().getString("challenge_request"));
  }

  @Test
  void aSecondRequestFindsNothingToAskFor() {
    assertTrue(login.accepts(login.resending()));
    assertFalse(login.accepts(login.resending()));
    assertFalse(login.accepts(login.choosing(ChallengeKind.AUTHENTICATOR_CODE)));
    assertFalse(login.accepts(login.answering()));
    assertEquals(1, row().getInteger("resends"));
  }

  @Test
  void theWorkerOfBeforeSettlesNothing() {
    assertTrue(login.accepts(login.choosing(ChallengeKind.AUTHENTICATOR_CODE)));
    assertEquals("authenticator_code", row().getString("challenge_request"));
    assertFalse(login.accepts(login.settling(TEXT)), "the worker of before");
  }

  /** A worker looks whether the holder has tapped. */
  private Claim looking() {
    RacingLogin tapped = new RacingLogin(store, 0);
    tapped.begin();
    tapped.settle(TAP);
    tapped.letPass(BIT_MORE_THAN_A_MINUTE);
    login = tapped;
    return login.claim();
  }

  private boolean isDue() {
    return store
        .run(
            store
                .pool
                .query(
                    "select due_at <= now() as due from login_session where id = '"
                        + login.id()
                        + "'")
                .execute())
        .iterator()
        .next()
        .getBoolean("due");
  }

  @Test
  void whatIsAskedForWhileAWorkerLooksIsPressedWhenItIsDone() {
    Claim look = looking();
    assertTrue(login.accepts(login.choosing(ChallengeKind.SMS_CODE)));
    assertFalse(isDue());
    store.run(store.claimed.letGo(look));
    assertTrue(isDue());
    assertEquals(ChallengeRequest.choosing(ChallengeKind.SMS_CODE), login.claim().request().get());
  }

  @Test
  void noLongerThanTheLeaseOfAWorkerThatIsGone() {
    looking();
    assertTrue(login.accepts(login.choosing(ChallengeKind.SMS_CODE)));
    assertFalse(isDue());
    login.letPass(BIT_MORE_THAN_A_MINUTE);
    assertTrue(login.claim().request().isPresent());
  }

  @Test
  void whatALookFindsThatCameTooLateIsNothingButItsEnd() {
    looking();
    assertTrue(login.accepts(login.choosing(ChallengeKind.SMS_CODE)));
    assertFalse(login.accepts(login.settling(TEXT)));
    assertTrue(login.claim().request().isPresent());
  }

  /** Its statements name no column of ours. */
  @Test
  void whatTheReleaseBeforeTakesOnForgetsTheChallengeBefore() throws SQLException {
    assertEquals("•••• 42", row().getString("sent_to"));
    store.execute(
        "update login_session set status = 'queued', challenge = null, due_at = now(), codes_used = 1"
            + " where id = '"
            + login.id()
            + "'");
    assertEquals(null, row().getString("sent_to"));
    assertEquals(0, row().getArrayOfStrings("alternatives").length);
    assertFalse(row().getBoolean("can_resend"));
  }

  @Test
  void whatTheReleaseBeforeFindsForgetsWhatWasToBePressed() throws SQLException {
    assertTrue(login.accepts(login.resending()));
    store.execute(
        "update login_session set status = 'awaiting_2fa', challenge = 'sms_code', due_at = null,"
            + " deadline_at = verification_expires_at where id = '"
            + login.id()
            + "'");
    assertEquals(null, row().getString("challenge_request"));
  }

  @Test
  void whatAClientSeesOfAChallengeIsAVersion() throws SQLException {
    long before = row().getLong("version");
    for (String change :
        List.of(
            "sent_to = '•••• 43'",
            "alternatives = array['email_code']",
            "can_resend = false",
            "resends = 1",
            "code_sent_at = code_sent_at - interval '1 second'")) {
      store.execute("update login_session set " + change + " where id = '" + login.id() + "'");
      assertEquals(++before, row().getLong("version"), change);
    }
    store.execute("update login_session set epoch = epoch + 1 where id = '" + login.id() + "'");
    assertEquals(before, row().getLong("version"));
  }
}
