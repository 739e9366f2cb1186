package ai.pathbound.identities.connect.link;

import java.util.Optional;

/**
 * A connect link in one of its states. A state's methods that return another state are its only
 * ways out; the ended ones have none, so a transition that is not in {@code docs/connect-links.md}
 * does not compile.
 */
public sealed interface ConnectLink permits UsableLink, EndedLink {

  /** What does not change during its life. */
  LinkFacts facts();

  /** The link, where it has not ended. */
  Optional<UsableLink> usable();

  /** Tells the states apart; a new state does not compile until every visitor answers for it. */
  <R> R accept(Visitor<R> visitor);

  /**
   * One answer per state.
   *
   * @param <R> the answer
   */
  interface Visitor<R> {
    /** Nobody has consented yet. */
    R pending(Pending link);

    /** A holder has consented, and is asked for credentials. */
    R opened(Opened link);

    /** A login is under way. */
    R submitted(Submitted link);

    /** The account is connected. */
    R completed(Completed link);

    /** The login failed. */
    R failed(Failed link);

    /** Its time was over. */
    R expired(Expired link);

    /** The tenant took it back. */
    R revoked(Revoked link);
  }
}
