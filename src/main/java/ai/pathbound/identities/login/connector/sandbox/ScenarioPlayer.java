package ai.pathbound.identities.login.connector.sandbox;

import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Plays a scenario up to the next outcome. */
final class ScenarioPlayer {
  private final Clock clock;
  private final Duration confirmAfter;
  private final Duration slowFor;

  ScenarioPlayer(SandboxSettings settings, Clock clock) {
    this.clock = clock;
    this.confirmAfter = settings.confirmAfter();
    this.slowFor = settings.slowFor();
  }

  Uni<LoginOutcome> play(Scenario scenario) {
    if (scenario.step().isEmpty()) {
      SandboxSession session = scenario.session();
      return found(new LoginOutcome.SignedIn(session.member(), session.stored()));
    }
    Step step = scenario.step().get();
    if (step.refusal().isPresent()) {
      return refused(step.refusal().get());
    }
    return step.challenge().isPresent()
        ? challenge(scenario, step, step.challenge().get())
        : slowPage(scenario);
  }

  static Uni<LoginOutcome> refused(FailureReason reason) {
    return found(new LoginOutcome.Refused(reason));
  }

  static Uni<LoginOutcome> found(LoginOutcome outcome) {
    return Uni.createFrom().item(outcome);
  }

  private Uni<LoginOutcome> challenge(Scenario scenario, Step step, ChallengeKind kind) {
    if (kind.asksForCode()) {
      return found(new LoginOutcome.CodeRequired(kind, false, step.options(), scenario.browser()));
    }
    Instant given = scenario.since().plus(confirmAfter);
    Instant now = clock.instant();
    return step == Step.IGNORED_EMAIL_LINK || now.isBefore(given)
        ? found(new LoginOutcome.ConfirmationRequired(kind, step.options(), scenario.browser()))
        : play(scenario.next(given, now));
  }

  private Uni<LoginOutcome> slowPage(Scenario scenario) {
    Instant loaded = scenario.since().plus(slowFor);
    Duration rest = Duration.between(clock.instant(), loaded);
    Uni<LoginOutcome> after =
        Uni.createFrom().deferred(() -> play(scenario.next(loaded, clock.instant())));
    // Mutiny's timer refuses less than a millisecond.
    return rest.toMillis() <= 0
        ? after
        : Uni.createFrom().voidItem().onItem().delayIt().by(rest).chain(() -> after);
  }
}
