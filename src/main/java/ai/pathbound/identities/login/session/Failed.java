package ai.pathbound.identities.login.session;

import java.time.Instant;

/** Ended without a sign-in, and it says why. Terminal. */
public final class Failed implements LoginSession {
  private final LoginFacts facts;
  private final FailureReason reason;
  private final Instant finishedAt;

  Failed(LoginFacts facts, FailureReason reason, Instant finishedAt) {
    this.facts = facts;
    this.reason = reason;
    this.finishedAt = finishedAt;
  }

  /** Why. */
  public FailureReason reason() {
    return reason;
  }

  /** When it ended. */
  public Instant finishedAt() {
    return finishedAt;
  }

  @Override
  public LoginFacts facts() {
    return facts;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.failed(this);
  }
}
