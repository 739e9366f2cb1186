package ai.pathbound.identities.login.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** LinkedIn waits for a tap in its app or a link in an e-mail; a worker looks now and then. */
public final class AwaitingConfirmation implements Waiting {
  private final LoginFacts facts;
  private final Verification verification;
  private final ChallengeKind kind;

  AwaitingConfirmation(LoginFacts facts, Verification verification, ChallengeKind kind) {
    this.facts = facts;
    this.verification = verification;
    this.kind = kind;
  }

  /** A worker found that the page went on. */
  public Running goOn(Instant now, Duration runTimeout, Optional<Member> expected) {
    return new Running(facts, verification, now.plus(runTimeout), expected);
  }

  /** The person's time is over. */
  @Override
  public Failed expire(Instant now) {
    return new Failed(facts, FailureReason.VERIFICATION_TIMEOUT, now);
  }

  @Override
  public Failed supersede(Instant now) {
    return new Failed(facts, FailureReason.SUPERSEDED, now);
  }

  @Override
  public Failed cancel(Instant now) {
    return new Failed(facts, FailureReason.CANCELLED, now);
  }

  /** What LinkedIn waits for. */
  public ChallengeKind kind() {
    return kind;
  }

  /** What the person did so far. */
  public Verification verification() {
    return verification;
  }

  @Override
  public LoginFacts facts() {
    return facts;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.awaitingConfirmation(this);
  }
}
