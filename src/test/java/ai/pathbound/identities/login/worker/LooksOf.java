package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.store.ClaimedLook;
import ai.pathbound.identities.login.store.LookOutcome;
import ai.pathbound.identities.login.store.LookRecord;
import ai.pathbound.identities.login.use.SessionUses;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** The looks of one replica, for tests of other packages. */
public final class LooksOf {
  private LooksOf() {}

  /** Takes a claimed look, for which LinkedIn has so much time. */
  public static Uni<LookOutcome> take(
      ClaimedLook look,
      SessionUses uses,
      LinkedInConnector connector,
      LookRecord record,
      Duration patience) {
    return new SessionLook(uses, connector, record, patience).take(look);
  }
}
