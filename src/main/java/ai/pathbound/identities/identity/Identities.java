package ai.pathbound.identities.identity;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.Ids;
import ai.pathbound.identities.idempotency.Answer;
import ai.pathbound.identities.idempotency.IdempotencyKey;
import ai.pathbound.identities.idempotency.IdempotentCalls;
import ai.pathbound.identities.idempotency.Statements;
import ai.pathbound.identities.tenant.TenantId;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What can be done with a tenant's identities, each in one transaction. */
@ApplicationScoped
class Identities {
  private final IdentityRepository repository;
  private final IdentityEnding ending;
  private final IdempotentCalls calls;
  private final Ids ids;
  private final Clock clock;

  Identities(
      IdentityRepository repository,
      IdentityEnding ending,
      IdempotentCalls calls,
      Ids ids,
      Clock clock) {
    this.repository = repository;
    this.ending = ending;
    this.calls = calls;
    this.ids = ids;
    this.clock = clock;
  }

  @WithTransaction
  Uni<Answer> create(
      TenantId tenant,
      NewIdentity fresh,
      Optional<IdempotencyKey> key,
      Function<IdentityWithProfile, Answer> answer) {
    return Panache.getSession()
        .flatMap(
            session ->
                calls.once(
                    Statements.in(session),
                    key,
                    () ->
                        repository
                            .persist(new Identity(tenant, ids.identity(), fresh, clock.instant()))
                            .map(identity -> new IdentityWithProfile(identity, null))
                            .map(answer)))
        .map(IdempotentCalls.Kept::answer);
  }

  @WithSession
  Uni<IdentityWithProfile> require(TenantId tenant, IdentityId id) {
    return repository.require(tenant, id);
  }

  @WithSession
  Uni<List<IdentityWithProfile>> all(TenantId tenant) {
    return repository.all(tenant);
  }

  @WithSession
  Uni<List<IdentityWithProfile>> page(TenantId tenant, Optional<IdentityId> after, int limit) {
    return repository.page(tenant, after, limit);
  }

  @WithTransaction
  Uni<IdentityWithProfile> update(TenantId tenant, IdentityId id, IdentityChanges changes) {
    return repository
        .requireLocked(tenant, id)
        .invoke(identity -> identity.change(changes, clock.instant()))
        .flatMap(identity -> repository.require(tenant, id));
  }

  @WithTransaction
  Uni<Void> delete(TenantId tenant, IdentityId id) {
    return repository
        .requireLocked(tenant, id)
        .call(
            identity ->
                Panache.getSession().flatMap(session -> ending.beforeDelete(session, tenant, id)))
        .flatMap(repository::delete);
  }
}
