package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.history.History;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.ChallengeOptions;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.SentTo;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a person and a worker do to one login at the same moment, on the real store: whoever wins,
 * one of them has an effect, the login ends once, and nothing secret is left.
 */
class StoreRacesTest {
  private static final int SOME = 40;

  /** Of each of the three races; with 3,400 some ten thousand in all. */
  private static final int MANY = Integer.getInteger("identities.races", 1_000);

  private static final int BIT_MORE_THAN_A_MINUTE = 61;
  private static final BrowserHandle BROWSER = new BrowserHandle(Secret.of("browser"));
  private static final ChallengeOptions WAYS =
      new ChallengeOptions(
          Optional.of(new SentTo("•••• 42")), List.of(ChallengeKind.AUTHENTICATOR_CODE), true);
  private static final LoginOutcome SIGNED_IN =
      new LoginOutcome.SignedIn(
          new Member(Secret.of("ada")), new StoredSession(Secret.of("cookies")));
  private static final LoginOutcome TEXT =
      new LoginOutcome.CodeRequired(ChallengeKind.SMS_CODE, false, WAYS, BROWSER);
  private static final LoginOutcome APP =
      new LoginOutcome.ConfirmationRequired(ChallengeKind.APP_APPROVAL, WAYS, BROWSER);
  private static final LoginOutcome OTHER_WAY =
      new LoginOutcome.CodeRequired(ChallengeKind.AUTHENTICATOR_CODE, false, BROWSER);

  private static final String UNDER_WAY =
      "select count(*) from login_session where finished_at is null";
  private static final String LEFT_BEHIND =
      """
      select count(*) from login_session
      where finished_at is not null and (coalesce(username_sealed, password_sealed,
        session_cookie_sealed, code_sealed,
        browser_sealed, challenge_request, sent_to) is not null or alternatives <> '{}')
      """;

  private static TestStore store;
  private static History history;

  private final List<UUID> accepted = new ArrayList<>();

  @BeforeAll
  static void start() {
    store = new TestStore();
    history = new History(store.owner());
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  /** Which of two won. */
  private enum Winner {
    ONE,
    OTHER,
    BOTH
  }

  @Test
  void aCancelAndACompletion() {
    race(SOME, this::cancelAgainstCompletion, Winner.ONE, Winner.OTHER);
  }

  @Tag("faults")
  @Test
  void thousandsOfCancelsAndCompletions() {
    race(MANY, this::cancelAgainstCompletion, Winner.ONE, Winner.OTHER);
  }

  @Test
  void aResendAndAnAnswer() {
    race(SOME, this::resendAgainstAnswer, Winner.ONE, Winner.OTHER);
  }

  @Tag("faults")
  @Test
  void thousandsOfResendsAndAnswers() {
    race(MANY, this::resendAgainstAnswer, Winner.ONE, Winner.OTHER);
  }

  @Test
  void aChoiceAndALook() {
    race(SOME, this::choiceAgainstLook, Winner.values());
  }

  @Tag("faults")
  @Test
  void thousandsOfChoicesAndLooks() {
    race(MANY, this::choiceAgainstLook, Winner.values());
  }

  private Winner cancelAgainstCompletion(RacingLogin play) {
    play.begin();
    play.race(play::cancelling, () -> play.settling(SIGNED_IN));
    Winner winner = onlyWinner(play);
    assertEquals(winner == Winner.ONE ? "cancelled" : "completed", play.standing());
    assertEquals(winner == Winner.OTHER, play.isConnected());
    assertEquals(winner == Winner.ONE, play.accepts(play.cancelling()), "a second cancel");
    return winner;
  }

  private Winner resendAgainstAnswer(RacingLogin play) {
    play.begin();
    play.settle(TEXT);
    play.letPass(BIT_MORE_THAN_A_MINUTE);
    play.race(play::resending, play::answering);
    Winner winner = onlyWinner(play);
    Claim claim = play.claim();
    assertEquals(winner == Winner.ONE, claim.request().isPresent());
    assertEquals(winner == Winner.OTHER, claim.codeWaiting());
    requireTakenOnce(play, claim, winner == Winner.ONE, winner == Winner.OTHER);
    play.settle(claim, winner == Winner.ONE ? TEXT : SIGNED_IN);
    assertEquals(winner == Winner.ONE ? "awaiting_2fa" : "completed", play.standing());
    return winner;
  }

  private Winner choiceAgainstLook(RacingLogin play) {
    play.begin();
    play.settle(APP);
    play.letPass(BIT_MORE_THAN_A_MINUTE);
    play.claim();
    boolean goesOn = play.turn() % 2 == 0;
    play.race(
        () -> play.choosing(ChallengeKind.AUTHENTICATOR_CODE),
        () -> play.settling(goesOn ? APP : SIGNED_IN));
    if (!play.oneWon()) {
      assertTrue(play.otherWon() && !goesOn, "nobody won");
      assertEquals("completed", play.standing());
      return Winner.OTHER;
    }
    assertTrue(!play.otherWon() || goesOn, "a login that has ended was asked for another way");
    Claim claim = play.claim();
    requireTakenOnce(play, claim, true, false);
    play.settle(claim, OTHER_WAY);
    assertEquals("awaiting_2fa", play.standing());
    return play.otherWon() ? Winner.BOTH : Winner.ONE;
  }

  private static Winner onlyWinner(RacingLogin play) {
    assertTrue(play.oneWon() != play.otherWon(), play.oneWon() ? "both won" : "nobody won");
    return play.oneWon() ? Winner.ONE : Winner.OTHER;
  }

  private static void requireTakenOnce(
      RacingLogin play, Claim claim, boolean request, boolean code) {
    assertEquals(request, store.run(store.claimed.takeRequest(claim)));
    assertEquals(code, store.run(store.claimed.takeCode(claim)).isPresent());
    assertTrue(!store.run(store.claimed.takeRequest(claim)), "pressed twice");
    assertTrue(store.run(store.claimed.takeCode(claim)).isEmpty(), "typed twice");
  }

  /** Nobody does anything any more, but for the sweepers of some replica. */
  private static void everybodyLeaves() {
    store.letPass(Duration.ofMinutes(20));
    while (store.run(store.stranded.rescue()) + store.run(store.stranded.expire()) > 0) {
      // As many as one sweep takes at a time.
    }
    assertEquals(0, history.count(UNDER_WAY), "a login never ends");
  }

  private void race(int times, Function<RacingLogin, Winner> play, Winner... winners) {
    Set<Winner> seen = EnumSet.noneOf(Winner.class);
    for (int i = 0; i < times; i++) {
      RacingLogin login = new RacingLogin(store, i);
      try {
        seen.add(play.apply(login));
      } catch (AssertionError e) {
        throw new AssertionError("race " + i + ": " + e.getMessage(), e);
      }
      accepted.add(login.id());
    }
    assertEquals(Set.of(winners), seen, "the races prove little");
    everybodyLeaves();
    assertEquals(0, history.count(LEFT_BEHIND), "an ended login holds a secret");
    assertEquals(List.of(), history.complaints(accepted, Optional.empty()));
  }
}
