package ai.pathbound.identities.webhook;

import ai.pathbound.identities.database.Statements;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.util.List;

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

  /** An event of one tenant. */
  record Publication(TenantId tenant, Event event) {}

  /**
   * The same of several events: with one statement too where none of their tenants has an endpoint.
   *
   * @param transaction the one of the changes, of the plain client
   */
  default Uni<Void> publish(Statements transaction, List<Publication> publications) {
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Publication one : publications) {
      all = all.chain(() -> publish(transaction, one.tenant(), one.event()));
    }
    return all;
  }
}
