package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.lease.SessionUses;
import ai.pathbound.identities.login.store.ClaimedHealthCheck;
import ai.pathbound.identities.login.store.HealthCheckOutcome;
import ai.pathbound.identities.login.store.HealthCheckRecord;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** The looks of one replica, for tests of other packages. */
public final class LooksOf {
  private LooksOf() {}

  /** Takes a claimed look, for which LinkedIn has so much time. */
  public static Uni<HealthCheckOutcome> take(
      ClaimedHealthCheck look,
      SessionUses uses,
      LinkedInConnector connector,
      HealthCheckRecord record,
      Duration patience) {
    return new SessionHealthCheck(uses, connector, record, patience).take(look);
  }
}
