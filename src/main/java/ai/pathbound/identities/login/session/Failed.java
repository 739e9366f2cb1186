package ai.pathbound.identities.login.session;

import java.time.Instant;

/** Ended without a sign-in, and it says why. Terminal. */
public final class Failed extends Ended {
  private final FailureReason reason;

  Failed(LoginFacts facts, FailureReason reason, Instant finishedAt) {
    super(facts, finishedAt);
    this.reason = reason;
  }

  /** Why. */
  public FailureReason reason() {
    return reason;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.failed(this);
  }
}
