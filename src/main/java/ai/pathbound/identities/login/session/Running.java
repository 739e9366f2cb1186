package ai.pathbound.identities.login.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A worker drives it; the only state from which a login completes. */
public final class Running extends UnderWay implements Claimable {
  private final Instant deadline;
  private final Optional<Member> expected;

  Running(
      LoginFacts facts, Verification verification, Instant deadline, Optional<Member> expected) {
    super(facts, verification);
    this.deadline = deadline;
    this.expected = expected;
  }

  /** Another worker goes on with it, in the time that is left. */
  @Override
  public Running claim(Instant now, Duration runTimeout, Optional<Member> known) {
    return new Running(facts, verification, deadline, known);
  }

  /** Signed in: completed, unless it is another member's account than before. */
  public LoginSession complete(Member member, Instant now) {
    if (member.isKnown() && expected.filter(member::isAnotherThan).isPresent()) {
      return fail(FailureReason.WRONG_ACCOUNT, now);
    }
    return new Completed(facts, now);
  }

  /** Ended otherwise. */
  public Failed fail(FailureReason reason, Instant now) {
    return new Failed(facts, reason, now);
  }

  /**
   * LinkedIn asks for a code: awaits it, unless the person's time or codes are used up.
   *
   * @param wrong whether it asks because the last code was wrong: then it has sent none
   */
  public LoginSession awaitCode(
      ChallengeKind kind, boolean wrong, ChallengeOptions options, Instant now) {
    Verification raised = verification.raised(now, facts.verificationWait());
    if (raised.attemptsRemaining() == 0) {
      return fail(FailureReason.TOO_MANY_CODES, now);
    }
    if (raised.isOver(now)) {
      return fail(FailureReason.VERIFICATION_TIMEOUT, now);
    }
    boolean sent = options.canResend() && (!wrong || raised.sentAt().isEmpty());
    return new AwaitingCode(facts, sent ? raised.sent(now) : raised, kind, options, wrong);
  }

  /** LinkedIn waits for a tap or a link: awaits it, unless the person's time is over. */
  public LoginSession awaitConfirmation(ChallengeKind kind, ChallengeOptions options, Instant now) {
    Verification raised = verification.raised(now, facts.verificationWait());
    if (raised.isOver(now)) {
      return fail(FailureReason.VERIFICATION_TIMEOUT, now);
    }
    // Each look finds it anew; only the first one, or who asked for it, knows when it was sent.
    boolean first = options.canResend() && raised.sentAt().isEmpty();
    return new AwaitingConfirmation(facts, first ? raised.sent(now) : raised, kind, options);
  }

  /** It took too long. */
  @Override
  public Failed expire(Instant now) {
    return fail(FailureReason.LINKEDIN_UNAVAILABLE, now);
  }

  @Override
  public Optional<Waiting> waiting() {
    return Optional.empty();
  }

  @Override
  public Optional<Claimable> claimable() {
    return Optional.of(this);
  }

  /** When it fails for having taken too long. */
  public Instant deadline() {
    return deadline;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.running(this);
  }
}
