package ai.pathbound.identities.login.store;

import ai.pathbound.identities.database.Statements;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.identity.IdentityDeletionHook;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Deleting an identity deletes its login by cascade, secrets and all; a note of its browser remains
 * for the sweeper.
 */
@ApplicationScoped
class LoginDeletionHook implements IdentityDeletionHook {
  private static final String NOTE_BROWSER =
      AbandonedBrowsers.note("login_session", "now()") + " and tenant_id = $1 and identity_id = $2";

  private final LoginEvents events;

  LoginDeletionHook(LoginEvents events) {
    this.events = events;
  }

  @Override
  public Uni<Void> beforeDelete(Statements transaction, TenantId tenant, IdentityId identity) {
    return ProfileLock.take(transaction, tenant, identity)
        .flatMap(
            locked -> transaction.execute(NOTE_BROWSER, List.of(tenant.value(), identity.uuid())))
        .chain(() -> events.deleting(transaction, tenant, identity));
  }
}
