package ai.pathbound.identities.webhook;

import ai.pathbound.identities.database.Statements;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;

/**
 * Where other rooms tell of what they did, in the transaction that does it: what is rolled back is
 * told to no endpoint, and what is committed is told at least once.
 */
public interface Events {
  /**
   * Tells the tenant's endpoints, with one statement, which finds nothing to write where the tenant
   * has none.
   *
   * @param transaction the one of the change
   */
  Uni<Void> publish(Statements transaction, TenantId tenant, Event event);
}
