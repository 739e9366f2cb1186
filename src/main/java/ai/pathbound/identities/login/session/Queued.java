package ai.pathbound.identities.login.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Waiting for a worker: newly accepted, or with a code to try. */
public final class Queued extends Waiting implements Claimable {
  private final Instant deadline;

  Queued(LoginFacts facts, Verification verification, Instant deadline) {
    super(facts, verification);
    this.deadline = deadline;
  }

  /** A login that was just accepted; {@code queueTimeout} is the most it may wait for a worker. */
  public static Queued accept(LoginFacts facts, Duration queueTimeout) {
    return new Queued(facts, Verification.NONE, facts.createdAt().plus(queueTimeout));
  }

  /** A worker takes it, for at most {@code runTimeout}. */
  @Override
  public Running claim(Instant now, Duration runTimeout, Optional<Member> expected) {
    return new Running(facts, verification, now.plus(runTimeout), expected);
  }

  /** No worker came in time. */
  @Override
  public Failed expire(Instant now) {
    return new Failed(facts, FailureReason.LINKEDIN_UNAVAILABLE, now);
  }

  @Override
  public Optional<Claimable> claimable() {
    return Optional.of(this);
  }

  /** When it fails for want of a worker. */
  public Instant deadline() {
    return deadline;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.queued(this);
  }
}
