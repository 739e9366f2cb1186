package ai.pathbound.identities.login.store;

import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.lease.SessionUses;
import ai.pathbound.identities.login.lease.UsesOf;
import ai.pathbound.identities.tenant.TenantId;
import java.sql.SQLException;

/** Stored sessions on a real PostgreSQL whose looks are due, for tests of other packages. */
public final class DueLooks implements AutoCloseable {
  private static final TenantId TENANT = new TenantId("watched");

  private final TestStore store = new TestStore();

  /** So many. */
  public DueLooks(int sessions) throws SQLException {
    for (int i = 0; i < sessions; i++) {
      store.insertSession(TENANT, store.newIdentity(TENANT), "stored");
    }
    store.run(store.looks.prepare());
    store.execute("update linkedin_profile set look_due_at = now()");
  }

  /** The program's queue of them. */
  public HealthCheckQueue queue() {
    return store.looks;
  }

  /** What writes down what they find. */
  public HealthCheckRecord record() {
    return store.lookRecord;
  }

  /** The uses of one replica. */
  public SessionUses uses(LinkedInConnector connector) {
    return UsesOf.replica(store.uses, connector);
  }

  @Override
  public void close() {
    store.close();
  }
}
