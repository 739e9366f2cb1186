package ai.pathbound.identities.login.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.RandomSequences;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.history.HistoryCheck;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever people, workers, crashes and clocks do to the states, in whatever order. */
class SessionSequencesTest {
  private static final int SOME = 10_000;
  private static final int MANY = 100_000;
  private static final int LONGEST = 24;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration QUEUE = Duration.ofMinutes(5);
  private static final Duration RUN = Duration.ofMinutes(3);
  private static final BrowserHandle BROWSER = new BrowserHandle(Secret.of("browser"));
  private static final ChallengeOptions WAYS =
      new ChallengeOptions(
          Optional.of(new SentTo("•••• 42")), List.of(ChallengeKind.AUTHENTICATOR_CODE), true);
  private static final Member MEMBER = new Member(Secret.of("ada"));
  private static final LoginFacts FACTS =
      new LoginFacts(
          new TenantId("acme"),
          new SessionId(UUID.randomUUID()),
          new IdentityId(UUID.randomUUID()),
          new ProfileId(UUID.randomUUID()),
          Country.DEFAULT,
          Duration.ofMinutes(10),
          START);
  private static final List<LoginOutcome> OUTCOMES = outcomes();

  private static List<LoginOutcome> outcomes() {
    StoredSession stored = new StoredSession(Secret.of("cookies"));
    List<LoginOutcome> outcomes = new ArrayList<>();
    outcomes.add(new LoginOutcome.SignedIn(MEMBER, stored));
    outcomes.add(new LoginOutcome.SignedIn(new Member(Secret.of("eve")), stored));
    outcomes.add(new LoginOutcome.Refused(FailureReason.CREDENTIALS_REJECTED));
    for (ChallengeKind kind : ChallengeKind.values()) {
      if (kind.asksForCode()) {
        outcomes.add(new LoginOutcome.CodeRequired(kind, false, BROWSER));
        outcomes.add(new LoginOutcome.CodeRequired(kind, false, WAYS, BROWSER));
        outcomes.add(new LoginOutcome.CodeRequired(kind, true, BROWSER));
      } else {
        outcomes.add(new LoginOutcome.ConfirmationRequired(kind, BROWSER));
        outcomes.add(new LoginOutcome.ConfirmationRequired(kind, WAYS, BROWSER));
      }
    }
    return outcomes;
  }

  /** A step, with the name that a failing sequence is told by. */
  private record Act(String name, Consumer<SimulatedLogin> on) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final List<Act> ACTS = acts();

  private static List<Act> acts() {
    List<Act> acts = new ArrayList<>();
    // What must happen often, is there often.
    for (int i = 0; i < 8; i++) {
      acts.add(new Act("claim", SimulatedLogin::claim));
      acts.add(new Act("code", SimulatedLogin::answer));
    }
    for (LoginOutcome outcome : OUTCOMES) {
      acts.add(new Act("find " + outcome, login -> login.settle(outcome)));
    }
    acts.add(new Act("crash", login -> login.driven = Optional.empty()));
    acts.add(new Act("crash", login -> login.driven = Optional.empty()));
    acts.add(new Act("tick", SimulatedLogin::tick));
    acts.add(new Act("tick", SimulatedLogin::tick));
    for (int i = 0; i < 4; i++) {
      acts.add(new Act("resend", SimulatedLogin::resend));
      acts.add(new Act("choose", SimulatedLogin::choose));
    }
    acts.add(new Act("supersede", SimulatedLogin::supersede));
    acts.add(new Act("cancel", SimulatedLogin::cancel));
    for (int seconds : new int[] {-3600, -30, 1, 60, 200, 700}) {
      acts.add(new Act("jump " + seconds, login -> login.now = login.now.plusSeconds(seconds)));
    }
    return acts;
  }

  /** One login, and who drives it. */
  private static final class SimulatedLogin {
    private Instant now = START;
    private LoginSession state = Queued.accept(FACTS, QUEUE);
    private Optional<Running> driven = Optional.empty();

    private void claim() {
      if (driven.isPresent()) {
        return;
      }
      if (state instanceof Queued queued) {
        become(queued.claim(now, RUN, Optional.of(MEMBER)));
        driven = Optional.of((Running) state);
      } else if (state instanceof Claimable claimable) {
        driven = Optional.of(claimable.claim(now, RUN, Optional.of(MEMBER)));
      }
    }

    private void settle(LoginOutcome outcome) {
      driven.ifPresent(running -> become(outcome.settle(running, now)));
      driven = Optional.empty();
    }

    private void answer() {
      if (state instanceof AwaitingCode awaiting) {
        become(awaiting.answer(now, QUEUE));
      }
    }

    private void resend() {
      if (state instanceof Awaiting awaiting && awaiting.resendAt(Duration.ZERO).isPresent()) {
        become(awaiting.resend(now, RUN));
        driven = Optional.empty();
      }
    }

    private void choose() {
      if (state instanceof Awaiting awaiting && !awaiting.options().alternatives().isEmpty()) {
        Running chosen = awaiting.choose(awaiting.options().alternatives().get(0), now, RUN);
        assertTrue(LoginSnapshot.of(chosen, now).verification().sentAt().isEmpty());
        become(chosen);
        driven = Optional.empty();
      }
    }

    private void supersede() {
      if (state instanceof Waiting waiting) {
        become(waiting.supersede(now));
        driven = Optional.empty();
      }
    }

    private void cancel() {
      if (state instanceof UnderWay underWay) {
        become(underWay.cancel(now));
        driven = Optional.empty();
      }
    }

    private void tick() {
      Optional<Instant> deadline = LoginSnapshot.of(state, now).deadline();
      if (deadline.isPresent() && !now.isBefore(deadline.get())) {
        become(((UnderWay) state).expire(now));
        driven = Optional.empty();
      }
    }

    private void become(LoginSession next) {
      LoginStatus from = LoginStatus.of(state);
      LoginStatus to = LoginStatus.of(next);
      // A look that found nothing new changes nothing.
      assertTrue(
          HistoryCheck.mayFollow(from, to) || from == to && state instanceof AwaitingConfirmation,
          () -> from + " -> " + to);
      LoginSnapshot before = LoginSnapshot.of(state, now);
      LoginSnapshot after = LoginSnapshot.of(next, now);
      assertEquals(after, LoginSnapshot.of(after.restore(), now));
      if (!to.isTerminal()) {
        requireGrown(before.verification(), after.verification(), to);
      }
      state = next;
    }

    private static void requireGrown(Verification before, Verification after, LoginStatus to) {
      int codes = after.codesUsed() - before.codesUsed();
      assertTrue(codes == 0 || codes == 1 && to == LoginStatus.QUEUED, "codes " + codes);
      assertTrue(after.codesUsed() <= Verification.MAX_CODES);
      int resends = after.resends() - before.resends();
      assertTrue(resends == 0 || resends == 1 && to == LoginStatus.RUNNING, "resends " + resends);
      assertTrue(after.resends() <= Verification.MAX_RESENDS);
      // Only the choice of another challenge forgets when the last one was sent.
      boolean chosen = resends == 0 && to == LoginStatus.RUNNING;
      assertTrue(chosen || before.sentAt().isEmpty() || after.sentAt().isPresent());
      assertTrue(after.codesUsed() == 0 || after.expiresAt().isPresent());
      assertTrue(
          before.expiresAt().isEmpty() || before.expiresAt().equals(after.expiresAt()),
          "the clock of the verification was set back");
    }
  }

  @Test
  void noSequenceLosesALoginOrTakesItWhereItMustNotGo() {
    play(SOME);
  }

  @Tag("faults")
  @Test
  void norDoesAnyOfAHundredThousand() {
    play(MANY);
  }

  private static void play(int count) {
    RandomSequences.of(
        ACTS,
        LONGEST,
        count,
        sequence -> {
          SimulatedLogin login = new SimulatedLogin();
          sequence.forEach(act -> act.on().accept(login));
          // Everybody leaves: its time runs out.
          login.driven = Optional.empty();
          login.now = START.plus(Duration.ofDays(2));
          login.tick();
          assertTrue(LoginStatus.of(login.state).isTerminal());
          LoginSession end = login.state;
          ACTS.forEach(act -> act.on().accept(login));
          assertEquals(end, login.state);
        });
  }
}
