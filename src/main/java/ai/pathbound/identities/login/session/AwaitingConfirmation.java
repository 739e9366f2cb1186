package ai.pathbound.identities.login.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** LinkedIn waits for a tap in its app or a link in an e-mail; a worker looks now and then. */
public final class AwaitingConfirmation extends Waiting implements Claimable {
  private final ChallengeKind kind;

  AwaitingConfirmation(LoginFacts facts, Verification verification, ChallengeKind kind) {
    super(facts, verification);
    this.kind = kind;
  }

  /** A worker looks whether the page went on. */
  @Override
  public Running claim(Instant now, Duration runTimeout, Optional<Member> expected) {
    return new Running(facts, verification, now.plus(runTimeout), expected);
  }

  /** The person's time is over. */
  @Override
  public Failed expire(Instant now) {
    return new Failed(facts, FailureReason.VERIFICATION_TIMEOUT, now);
  }

  @Override
  public Optional<Claimable> claimable() {
    return Optional.of(this);
  }

  /** What LinkedIn waits for. */
  public ChallengeKind kind() {
    return kind;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.awaitingConfirmation(this);
  }
}
