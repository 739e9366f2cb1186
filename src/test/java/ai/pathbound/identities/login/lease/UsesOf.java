package ai.pathbound.identities.login.lease;

import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.store.SessionLeases;

/** The uses of one replica, for tests of other packages. */
public final class UsesOf {
  private UsesOf() {}

  /** The uses that this replica makes. */
  public static SessionUses replica(SessionLeases leases, LinkedInConnector connector) {
    return new SessionUses(leases, connector);
  }
}
