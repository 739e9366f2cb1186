package ai.pathbound.identities.login.session;

import java.time.Instant;
import java.util.Optional;

/** A login that has not ended; in whatever state, it can be ended from outside. */
public abstract sealed class UnderWay implements LoginSession permits Running, Waiting {
  final LoginFacts facts;
  final Verification verification;

  UnderWay(LoginFacts facts, Verification verification) {
    this.facts = facts;
    this.verification = verification;
  }

  @Override
  public final LoginFacts facts() {
    return facts;
  }

  /** What the person did so far. */
  public final Verification verification() {
    return verification;
  }

  @Override
  public final Optional<UnderWay> underWay() {
    return Optional.of(this);
  }

  /** The login, where no worker changes it. */
  public abstract Optional<Waiting> waiting();

  /** The login, where it can be a worker's turn. */
  public abstract Optional<Claimable> claimable();

  /** LinkedIn is disconnected, or the identity goes. */
  public final Failed cancel(Instant now) {
    return new Failed(facts, FailureReason.CANCELLED, now);
  }

  /** The time of this state is over. */
  public abstract Failed expire(Instant now);
}
