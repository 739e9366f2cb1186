package ai.pathbound.identities.login.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A snapshot of a session, as a row keeps it. {@link #restore} is the one way from data back to a
 * state, and only the store calls it.
 *
 * @param deadline when the present state ends by itself; empty in a terminal one
 * @param challenge what LinkedIn asks for, while awaiting
 * @param options what its page offers beside; nothing unless awaiting
 * @param lastCodeWrong whether it asks again
 * @param failure why it failed, if it did
 * @param updatedAt when the state was entered
 */
public record LoginSnapshot(
    LoginFacts facts,
    LoginStatus status,
    Verification verification,
    Optional<Instant> deadline,
    Optional<ChallengeKind> challenge,
    ChallengeOptions options,
    boolean lastCodeWrong,
    Optional<FailureReason> failure,
    Instant updatedAt) {

  /** The state that this row is in. */
  public LoginSession restore() {
    return switch (status) {
      case QUEUED -> new Queued(facts, verification, deadline.orElseThrow());
      case RUNNING -> new Running(facts, verification, deadline.orElseThrow(), Optional.empty());
      case AWAITING_2FA, AWAITING_EMAIL -> awaiting(challenge.orElseThrow());
      case COMPLETED -> new Completed(facts, updatedAt);
      case FAILED -> new Failed(facts, failure.orElseThrow(), updatedAt);
    };
  }

  private LoginSession awaiting(ChallengeKind kind) {
    return kind.asksForCode()
        ? new AwaitingCode(facts, verification, kind, options, lastCodeWrong)
        : new AwaitingConfirmation(facts, verification, kind, options);
  }

  /**
   * From when on LinkedIn may be asked to send again; empty where it may not be.
   *
   * @param after how long after it last sent
   */
  public Optional<Instant> resendAt(Duration after) {
    return verification.resendAt(options, after);
  }

  /** What a row must hold to restore {@code session}, entered at {@code now}. */
  public static LoginSnapshot of(LoginSession session, Instant now) {
    return session.accept(new Describe(now));
  }

  private record Describe(Instant now) implements LoginSession.Visitor<LoginSnapshot> {
    @Override
    public LoginSnapshot queued(Queued session) {
      return going(session, session.deadline());
    }

    @Override
    public LoginSnapshot running(Running session) {
      return going(session, session.deadline());
    }

    @Override
    public LoginSnapshot awaitingCode(AwaitingCode session) {
      return awaiting(session, session.lastCodeWrong());
    }

    @Override
    public LoginSnapshot awaitingConfirmation(AwaitingConfirmation session) {
      return awaiting(session, false);
    }

    @Override
    public LoginSnapshot completed(Completed session) {
      return ended(session, Optional.empty());
    }

    @Override
    public LoginSnapshot failed(Failed session) {
      return ended(session, Optional.of(session.reason()));
    }

    private LoginSnapshot going(UnderWay session, Instant deadline) {
      return new LoginSnapshot(
          session.facts(),
          LoginStatus.of(session),
          session.verification(),
          Optional.of(deadline),
          Optional.empty(),
          ChallengeOptions.NONE,
          false,
          Optional.empty(),
          now);
    }

    private LoginSnapshot awaiting(Awaiting session, boolean wrong) {
      return new LoginSnapshot(
          session.facts(),
          LoginStatus.of(session),
          session.verification(),
          session.verification().expiresAt(),
          Optional.of(session.kind()),
          session.options(),
          wrong,
          Optional.empty(),
          now);
    }

    private LoginSnapshot ended(Ended session, Optional<FailureReason> failure) {
      return new LoginSnapshot(
          session.facts(),
          LoginStatus.of(session),
          Verification.NONE,
          Optional.empty(),
          Optional.empty(),
          ChallengeOptions.NONE,
          false,
          failure,
          now);
    }
  }
}
