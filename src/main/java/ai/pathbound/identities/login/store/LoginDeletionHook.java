package ai.pathbound.identities.login.store;

import static ai.pathbound.identities.login.store.Columns.time;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.identity.IdentityDeletionHook;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * When an identity goes, its login goes with it by cascade, secrets and all; what stays is a note
 * of the browser, for the sweeper.
 */
@ApplicationScoped
class LoginDeletionHook implements IdentityDeletionHook {
  private static final String NOTE_BROWSER =
      """
      insert into abandoned_browser
        (tenant_id, identity_id, session_id, handle_sealed, created_at, due_at)
      select tenant_id, identity_id, id, browser_sealed, ?3, ?3 from login_session
      where tenant_id = ?1 and identity_id = ?2 and browser_sealed is not null
      """;
  // In the order in which everybody locks: the profile before its sessions.
  private static final String LOCK_PROFILE =
      "select 1 from linkedin_profile where tenant_id = ?1 and identity_id = ?2 for update";

  private final Clock clock;

  LoginDeletionHook(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Uni<Void> beforeDelete(Mutiny.Session session, TenantId tenant, IdentityId identity) {
    return session
        .createNativeQuery(LOCK_PROFILE, Integer.class)
        .setParameter(1, tenant.value())
        .setParameter(2, identity.uuid())
        .getResultList()
        .flatMap(
            locked ->
                session
                    .createNativeQuery(NOTE_BROWSER)
                    .setParameter(1, tenant.value())
                    .setParameter(2, identity.uuid())
                    .setParameter(3, time(clock.instant()))
                    .executeUpdate())
        .replaceWithVoid();
  }
}
