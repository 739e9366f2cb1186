package ai.pathbound.identities.identity;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import org.hibernate.reactive.mutiny.Mutiny;

/** What else must end with an identity. */
public interface IdentityEnding {

  /**
   * Runs in the deleting transaction, before the identity's row goes (and with it, by cascade,
   * everything that hangs on it).
   */
  Uni<Void> beforeDelete(Mutiny.Session session, TenantId tenant, IdentityId identity);
}
