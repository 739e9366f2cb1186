package ai.pathbound.identities.login.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** LinkedIn asks for a code, and the person has it. */
public final class AwaitingCode extends Awaiting {
  private final boolean lastCodeWrong;

  AwaitingCode(
      LoginFacts facts,
      Verification verification,
      ChallengeKind kind,
      ChallengeOptions options,
      boolean lastCodeWrong) {
    super(facts, verification, kind, options);
    this.lastCodeWrong = lastCodeWrong;
  }

  /** A code was given: a worker tries it to its end, or the person's time was over already. */
  public LoginSession answer(Instant now, Duration queueTimeout) {
    return verification.isOver(now)
        ? expire(now)
        : new Queued(facts, verification.codeUsed(), now.plus(queueTimeout));
  }

  @Override
  public Optional<Claimable> claimable() {
    return Optional.empty();
  }

  /** Whether it is asked for again because the last one was wrong. */
  public boolean lastCodeWrong() {
    return lastCodeWrong;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.awaitingCode(this);
  }
}
