package ai.pathbound.identities.login.session;

import java.util.Optional;

/**
 * A LinkedIn login in one of its states. A state's public methods are its only ways out; the
 * terminal ones have none, so a transition that is not in {@code docs/login-session.md} does not
 * compile.
 */
public sealed interface LoginSession permits UnderWay, Ended {

  /** What does not change during the login. */
  LoginFacts facts();

  /** The login, where it has not ended. */
  Optional<UnderWay> underWay();

  /** The login, where LinkedIn asks the person for something. */
  default Optional<Awaiting> awaiting() {
    return Optional.empty();
  }

  /** Tells the states apart; a new state does not compile until every visitor answers for it. */
  <R> R accept(Visitor<R> visitor);

  /**
   * One answer per state.
   *
   * @param <R> the answer
   */
  interface Visitor<R> {
    /** Waiting for a worker. */
    R queued(Queued session);

    /** A worker drives it. */
    R running(Running session);

    /** Waiting for a code. */
    R awaitingCode(AwaitingCode session);

    /** Waiting for a tap in the app or a link in an e-mail. */
    R awaitingConfirmation(AwaitingConfirmation session);

    /** Signed in. */
    R completed(Completed session);

    /** Ended otherwise. */
    R failed(Failed session);
  }
}
