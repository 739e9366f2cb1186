package ai.pathbound.identities.login.session;

import java.time.Instant;
import java.util.Optional;

/** A login that has ended; nothing follows. */
public abstract sealed class Ended implements LoginSession permits Completed, Failed {
  private final LoginFacts facts;
  private final Instant finishedAt;

  Ended(LoginFacts facts, Instant finishedAt) {
    this.facts = facts;
    this.finishedAt = finishedAt;
  }

  @Override
  public final LoginFacts facts() {
    return facts;
  }

  @Override
  public final Optional<UnderWay> underWay() {
    return Optional.empty();
  }

  /** When it ended. */
  public final Instant finishedAt() {
    return finishedAt;
  }
}
