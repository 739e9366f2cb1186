package ai.pathbound.identities.identity;

import ai.pathbound.identities.database.Statements;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;

/** What else must be done when an identity is deleted. */
public interface IdentityDeletionHook {

  /**
   * Runs in the deleting transaction, before the identity's row goes (and with it, by cascade,
   * everything that hangs on it).
   */
  Uni<Void> beforeDelete(Statements transaction, TenantId tenant, IdentityId identity);
}
