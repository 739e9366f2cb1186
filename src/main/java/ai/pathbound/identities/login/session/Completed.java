package ai.pathbound.identities.login.session;

import java.time.Instant;

/** Signed in. Terminal. */
public final class Completed extends Ended {
  Completed(LoginFacts facts, Instant finishedAt) {
    super(facts, finishedAt);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.completed(this);
  }
}
