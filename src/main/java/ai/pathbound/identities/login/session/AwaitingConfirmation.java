package ai.pathbound.identities.login.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** LinkedIn waits for a tap in its app or a link in an e-mail; a worker looks now and then. */
public final class AwaitingConfirmation extends Awaiting implements Claimable {

  AwaitingConfirmation(
      LoginFacts facts, Verification verification, ChallengeKind kind, ChallengeOptions options) {
    super(facts, verification, kind, options);
  }

  /** A worker looks whether the page went on. */
  @Override
  public Running claim(Instant now, Duration runTimeout, Optional<Member> expected) {
    return new Running(facts, verification, now.plus(runTimeout), expected);
  }

  @Override
  public Optional<Claimable> claimable() {
    return Optional.of(this);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.awaitingConfirmation(this);
  }
}
