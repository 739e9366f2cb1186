package ai.pathbound.identities.login.session;

import java.time.Instant;

/** A login that has not ended; in whatever state, it can be ended from outside. */
public sealed interface UnderWay extends LoginSession permits Running, Waiting {

  /** LinkedIn is disconnected, or the identity goes. */
  Failed cancel(Instant now);

  /** The time of this state is over. */
  Failed expire(Instant now);
}
