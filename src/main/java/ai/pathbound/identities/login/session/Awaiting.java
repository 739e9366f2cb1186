package ai.pathbound.identities.login.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * LinkedIn asks the person for something. Beside answering, the person may ask for it to be sent
 * again, or for another challenge, where the page offers that; a worker presses it.
 */
public abstract sealed class Awaiting extends Waiting permits AwaitingCode, AwaitingConfirmation {
  private final ChallengeKind kind;
  private final ChallengeOptions options;

  Awaiting(
      LoginFacts facts, Verification verification, ChallengeKind kind, ChallengeOptions options) {
    super(facts, verification);
    this.kind = kind;
    this.options = options;
  }

  @Override
  public final Optional<Awaiting> awaiting() {
    return Optional.of(this);
  }

  /** What is asked for. */
  public final ChallengeKind kind() {
    return kind;
  }

  /** What the page offers beside. */
  public final ChallengeOptions options() {
    return options;
  }

  /**
   * From when on LinkedIn may be asked to send again; empty where it may not be, since the page
   * does not offer it or it was asked often enough.
   *
   * @param after how long after it last sent
   */
  public final Optional<Instant> resendAt(Duration after) {
    return verification.resendAt(options, after);
  }

  /**
   * LinkedIn is asked to send again.
   *
   * @param queueTimeout how long until a worker must have taken it
   * @throws IllegalStateException where it may not be asked
   */
  public final Running resend(Instant now, Duration queueTimeout) {
    if (resendAt(Duration.ZERO).isEmpty()) {
      throw new IllegalStateException("nothing can be sent again");
    }
    return new Running(
        facts, verification.resendAsked(now), now.plus(queueTimeout), Optional.empty());
  }

  /**
   * Another challenge is chosen, one that the page offers.
   *
   * @param queueTimeout how long until a worker must have taken it
   * @throws IllegalArgumentException where the page does not offer it
   */
  public final Running choose(ChallengeKind other, Instant now, Duration queueTimeout) {
    if (!options.alternatives().contains(other)) {
      throw new IllegalArgumentException(other + " is not offered");
    }
    return new Running(facts, verification.replaced(), now.plus(queueTimeout), Optional.empty());
  }

  /** The person's time is over. */
  @Override
  public final Failed expire(Instant now) {
    return new Failed(facts, FailureReason.VERIFICATION_TIMEOUT, now);
  }
}
