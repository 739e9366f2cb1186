package ai.pathbound.identities.login.session;

import java.time.Instant;

/** Signed in. Terminal. */
public final class Completed implements LoginSession {
  private final LoginFacts facts;
  private final Instant finishedAt;

  Completed(LoginFacts facts, Instant finishedAt) {
    this.facts = facts;
    this.finishedAt = finishedAt;
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
    return visitor.completed(this);
  }
}
