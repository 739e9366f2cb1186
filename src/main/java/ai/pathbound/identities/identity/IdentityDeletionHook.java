package ai.pathbound.identities.identity;

import ai.pathbound.identities.database.Statements;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;

/** Runs when an identity is deleted. */
public interface IdentityDeletionHook {

  /**
   * Runs in the deleting transaction, before the identity's row and, by cascade, its dependent rows
   * are deleted.
   */
  Uni<Void> beforeDelete(Statements transaction, TenantId tenant, IdentityId identity);
}
