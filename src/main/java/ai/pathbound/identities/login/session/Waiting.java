package ai.pathbound.identities.login.session;

import java.time.Instant;
import java.util.Optional;

/** A login under way that no worker is changing: a newer one may take its place. */
public abstract sealed class Waiting extends UnderWay permits Queued, Awaiting {

  Waiting(LoginFacts facts, Verification verification) {
    super(facts, verification);
  }

  @Override
  public final Optional<Waiting> waiting() {
    return Optional.of(this);
  }

  /** A newer login takes its place. */
  public final Failed supersede(Instant now) {
    return new Failed(facts, FailureReason.SUPERSEDED, now);
  }
}
