package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.RandomSequences;
import ai.pathbound.identities.login.history.History;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.ChallengeOptions;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.SentTo;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two workers and a person on the real store, with crashes, sleepers and time that jumps. */
class StoreSequencesTest {
  private static final int SOME = 100;
  private static final int MANY = 2_000;
  private static final int LONGEST = 14;
  private static final BrowserHandle BROWSER = new BrowserHandle(Secret.of("browser"));
  private static final ChallengeOptions WAYS =
      new ChallengeOptions(
          Optional.of(new SentTo("a•••@example.com")), List.of(ChallengeKind.SMS_CODE), true);

  private static final String WAYS_TO_END =
      "select count(distinct coalesce(failure, status)) from login_session";

  /** Over half of a run's logins come to it, none without a worker. */
  private static final String EVENTFUL = "select count(*) from login_session where epoch >= 3";

  private static TestStore store;
  private static History history;

  @BeforeAll
  static void start() {
    store = new TestStore();
    history = new History(store.owner());
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  /** A step, with the name that a failing sequence is told by. */
  private record StoreAct(String name, Consumer<StoreSimulation> on) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<StoreAct> acts() {
    List<StoreAct> acts = new ArrayList<>();
    // What must happen often, is there often.
    for (int i = 0; i < 3; i++) {
      acts.add(new StoreAct("start", StoreSimulation::start));
      acts.add(new StoreAct("code", StoreSimulation::answer));
      acts.add(new StoreAct("resend", StoreSimulation::resend));
      acts.add(new StoreAct("choose", play -> play.choose(ChallengeKind.SMS_CODE)));
      for (int worker : new int[] {0, 1}) {
        String by = " by " + worker;
        acts.add(new StoreAct("claim" + by, play -> play.claim(worker)));
        acts.add(new StoreAct("open" + by, play -> play.open(worker)));
        acts.add(new StoreAct("send" + by, play -> play.send(worker)));
        acts.add(new StoreAct("type code" + by, play -> play.takeCode(worker)));
        acts.add(new StoreAct("press" + by, play -> play.press(worker)));
      }
    }
    for (int worker : new int[] {0, 1}) {
      String by = " by " + worker;
      for (LoginOutcome outcome : outcomes()) {
        acts.add(
            new StoreAct(
                outcome.getClass().getSimpleName() + by, play -> play.settle(worker, outcome)));
      }
      acts.add(new StoreAct("renew" + by, play -> play.renew(worker)));
      acts.add(new StoreAct("crash" + by, play -> play.crash(worker)));
      acts.add(new StoreAct("give back" + by, play -> play.giveBack(worker)));
    }
    acts.add(new StoreAct("cancel", StoreSimulation::cancel));
    acts.add(new StoreAct("rescue", StoreSimulation::rescue));
    acts.add(new StoreAct("rescue", StoreSimulation::rescue));
    acts.add(new StoreAct("expire", StoreSimulation::expire));
    acts.add(new StoreAct("sweep", StoreSimulation::sweep));
    for (int seconds : new int[] {-40, 1, 3, 16, 61, 200, 700}) {
      acts.add(new StoreAct("jump " + seconds, play -> play.jump(seconds)));
    }
    return acts;
  }

  private static List<LoginOutcome> outcomes() {
    StoredSession stored = new StoredSession(Secret.of("cookies"));
    return List.of(
        new LoginOutcome.SignedIn(new Member(Secret.of("ada")), stored),
        new LoginOutcome.SignedIn(new Member(Secret.of("eve")), stored),
        new LoginOutcome.Refused(FailureReason.CREDENTIALS_REJECTED),
        new LoginOutcome.Refused(FailureReason.SESSION_EXPIRED),
        new LoginOutcome.CodeRequired(ChallengeKind.SMS_CODE, false, BROWSER),
        new LoginOutcome.CodeRequired(ChallengeKind.EMAIL_CODE, false, WAYS, BROWSER),
        new LoginOutcome.ConfirmationRequired(ChallengeKind.APP_APPROVAL, WAYS, BROWSER),
        new LoginOutcome.CodeRequired(ChallengeKind.SMS_CODE, true, BROWSER),
        new LoginOutcome.ConfirmationRequired(ChallengeKind.APP_APPROVAL, BROWSER),
        new LoginOutcome.ConfirmationRequired(ChallengeKind.EMAIL_LINK, BROWSER));
  }

  @Test
  void noSequenceLosesALoginOrSendsItsPasswordTwice() {
    play(SOME);
  }

  @Tag("faults")
  @Test
  void norDoesAnyOfMany() {
    play(MANY);
  }

  private static void play(int count) {
    List<UUID> accepted = new ArrayList<>();
    RandomSequences.of(
        acts(),
        LONGEST,
        count,
        sequence -> {
          StoreSimulation play = new StoreSimulation(store);
          play.start();
          sequence.forEach(act -> act.on().accept(play));
          play.leave();
          assertEquals(0, play.underWay(), "a login never ends");
          assertTrue(play.sentAtMostOnce(), "a password was handed out twice");
          assertTrue(play.pressedAtMostAsAsked(), "something was pressed twice");
          assertEquals(0, play.leftBehind(), "an ended login holds a secret");
          accepted.addAll(play.accepted());
        });
    assertEquals(List.of(), history.complaints(accepted, Optional.empty()));
    // Otherwise the sequences would prove little. Both bars are out of chance's reach: a hundred
    // sequences end in seven or eight ways, and a quarter is six deviations below the mean.
    long waysToEnd = history.count(WAYS_TO_END);
    assertTrue(waysToEnd >= 5, () -> waysToEnd + " ways to end");
    long eventful = history.count(EVENTFUL);
    assertTrue(
        eventful > accepted.size() / 4,
        () -> eventful + " of " + accepted.size() + " logins came to a third epoch");
  }
}
