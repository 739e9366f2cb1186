package ai.pathbound.identities.login.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A login that can be a worker's turn: to begin it, to go on with it, or to look at it. */
public sealed interface Claimable permits Queued, Running, AwaitingConfirmation {

  /**
   * A worker takes it.
   *
   * @param runTimeout how long it may be driven; one that runs already keeps its deadline
   * @param expected the member of the identity's earlier logins, if known
   */
  Running claim(Instant now, Duration runTimeout, Optional<Member> expected);
}
