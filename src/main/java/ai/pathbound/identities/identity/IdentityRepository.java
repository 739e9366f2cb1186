package ai.pathbound.identities.identity;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.problem.Refusal;
import ai.pathbound.identities.tenant.TenantId;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** The identities of a tenant; every query takes the tenant first. */
@ApplicationScoped
public class IdentityRepository implements PanacheRepositoryBase<Identity, IdentityKey> {
  private static final String WITH_PROFILE =
      """
      select new ai.pathbound.identities.identity.IdentityWithProfile(i, p)
      from Identity i left join LinkedInProfile p
        on p.key.tenantId = i.key.tenantId and p.key.id = i.key.id
      where i.key.tenantId = :tenant
      """;

  /** One identity; refuses with {@code not_found}. */
  public Uni<IdentityWithProfile> require(TenantId tenant, IdentityId id) {
    return getSession()
        .flatMap(
            session ->
                session
                    .createSelectionQuery(
                        WITH_PROFILE + " and i.key.id = :id", IdentityWithProfile.class)
                    .setParameter("tenant", tenant.value())
                    .setParameter("id", id.uuid())
                    .getSingleResultOrNull())
        .onItem()
        .ifNull()
        .failWith(Refusal::notFound);
  }

  /** One identity, its row locked; refuses with {@code not_found}. */
  public Uni<Identity> requireLocked(TenantId tenant, IdentityId id) {
    return findById(IdentityKey.of(tenant, id), LockModeType.PESSIMISTIC_WRITE)
        .onItem()
        .ifNull()
        .failWith(Refusal::notFound);
  }

  /**
   * Deletes one whose row this transaction has locked. By a statement of its own, since Hibernate
   * Reactive (its issue 1713) keeps what waits for a removal in one field for all sessions: of two
   * that remove at a time, one would wait for ever.
   */
  public Uni<Void> delete(TenantId tenant, IdentityId id) {
    return delete("key.tenantId = ?1 and key.id = ?2", tenant.value(), id.uuid()).replaceWithVoid();
  }

  /** All, in the order of their ids. */
  public Uni<List<IdentityWithProfile>> all(TenantId tenant) {
    return getSession()
        .flatMap(
            session ->
                session
                    .createSelectionQuery(
                        WITH_PROFILE + " order by i.key.id", IdentityWithProfile.class)
                    .setParameter("tenant", tenant.value())
                    .getResultList());
  }

  /** At most {@code limit} of them, in the order of their ids, behind {@code after}. */
  public Uni<List<IdentityWithProfile>> page(
      TenantId tenant, Optional<IdentityId> after, int limit) {
    String behind = after.isPresent() ? " and i.key.id > :after" : "";
    return getSession()
        .flatMap(
            session -> {
              var query =
                  session
                      .createSelectionQuery(
                          WITH_PROFILE + behind + " order by i.key.id", IdentityWithProfile.class)
                      .setParameter("tenant", tenant.value())
                      .setMaxResults(limit);
              after.ifPresent(id -> query.setParameter("after", id.uuid()));
              return query.getResultList();
            });
  }
}
