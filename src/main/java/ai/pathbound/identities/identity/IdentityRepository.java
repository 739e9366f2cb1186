package ai.pathbound.identities.identity;

import ai.pathbound.identities.database.Statements;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.TenantId;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;

/** The identities of a tenant, to change them; every query takes the tenant first. */
@ApplicationScoped
public class IdentityRepository implements PanacheRepositoryBase<Identity, IdentityKey> {
  private static final String DELETE = "delete from identity where tenant_id = $1 and id = $2";

  /** One identity, its row locked; refuses with {@code not_found}. */
  public Uni<Identity> requireLocked(TenantId tenant, IdentityId id) {
    return findById(IdentityKey.of(tenant, id), LockModeType.PESSIMISTIC_WRITE)
        .onItem()
        .ifNull()
        .failWith(RefusalException::notFound);
  }

  /**
   * Deletes an identity whose row this transaction has locked. Uses a statement, because Hibernate
   * Reactive (its issue 1713) keeps a removal under way in a field that all sessions share: of two
   * removals at a time, one would wait for ever.
   */
  public Uni<Void> delete(TenantId tenant, IdentityId id) {
    return getSession()
        .flatMap(
            session -> Statements.in(session).execute(DELETE, List.of(tenant.value(), id.uuid())))
        .replaceWithVoid();
  }

  /** {@code identity}, which this session holds, with its profile. */
  public Uni<IdentityWithProfile> withProfile(TenantId tenant, Identity identity) {
    return getSession()
        .flatMap(
            session -> session.find(LinkedInProfile.class, IdentityKey.of(tenant, identity.id())))
        .map(profile -> new IdentityWithProfile(identity, profile));
  }
}
