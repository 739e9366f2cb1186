package ai.pathbound.identities.login.connector.sandbox;

import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Plays a script up to the first thing that somebody must know of. */
final class Stage {
  private final Clock clock;
  private final Duration confirmAfter;
  private final Duration slowFor;

  Stage(SandboxSettings settings, Clock clock) {
    this.clock = clock;
    this.confirmAfter = settings.confirmAfter();
    this.slowFor = settings.slowFor();
  }

  Uni<LoginOutcome> play(Script script) {
    if (script.step().isEmpty()) {
      SandboxSession session = script.session();
      return found(new LoginOutcome.SignedIn(session.member(), session.stored()));
    }
    Step step = script.step().get();
    if (step.refusal().isPresent()) {
      return refused(step.refusal().get());
    }
    return step.challenge().isPresent()
        ? challenge(script, step, step.challenge().get())
        : slowPage(script);
  }

  static Uni<LoginOutcome> refused(FailureReason reason) {
    return found(new LoginOutcome.Refused(reason));
  }

  static Uni<LoginOutcome> found(LoginOutcome outcome) {
    return Uni.createFrom().item(outcome);
  }

  private Uni<LoginOutcome> challenge(Script script, Step step, ChallengeKind kind) {
    if (kind.asksForCode()) {
      return found(new LoginOutcome.CodeRequired(kind, false, script.browser()));
    }
    Instant given = script.since().plus(confirmAfter);
    Instant now = clock.instant();
    return step == Step.IGNORED_EMAIL_LINK || now.isBefore(given)
        ? found(new LoginOutcome.ConfirmationRequired(kind, script.browser()))
        : play(script.next(given, now));
  }

  private Uni<LoginOutcome> slowPage(Script script) {
    Instant loaded = script.since().plus(slowFor);
    Duration rest = Duration.between(clock.instant(), loaded);
    Uni<LoginOutcome> after =
        Uni.createFrom().deferred(() -> play(script.next(loaded, clock.instant())));
    // Mutiny's timer refuses less than a millisecond.
    return rest.toMillis() <= 0
        ? after
        : Uni.createFrom().voidItem().onItem().delayIt().by(rest).chain(() -> after);
  }
}
