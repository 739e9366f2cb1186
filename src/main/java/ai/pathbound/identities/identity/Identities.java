package ai.pathbound.identities.identity;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.database.Statements;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.Ids;
import ai.pathbound.identities.idempotency.IdempotencyKey;
import ai.pathbound.identities.idempotency.IdempotentRequests;
import ai.pathbound.identities.idempotency.StoredResponse;
import ai.pathbound.identities.tenant.Caller;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** The writes of identities, each in one transaction. */
@ApplicationScoped
class Identities {
  private final Mutiny.SessionFactory sessions;
  private final IdentityRepository repository;
  private final IdentityDeletionHook deletionHook;
  private final IdempotentRequests calls;
  private final AuditTrail audit;
  private final Ids ids;
  private final Clock clock;

  Identities(
      Mutiny.SessionFactory sessions,
      IdentityRepository repository,
      IdentityDeletionHook deletionHook,
      IdempotentRequests calls,
      AuditTrail audit,
      Ids ids,
      Clock clock) {
    this.sessions = sessions;
    this.repository = repository;
    this.deletionHook = deletionHook;
    this.calls = calls;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /** In a session that holds nothing: what is new is written, never read or compared. */
  Uni<StoredResponse> create(
      Caller caller,
      NewIdentity fresh,
      Optional<IdempotencyKey> key,
      Function<IdentityWithProfile, StoredResponse> response) {
    return sessions
        .withStatelessTransaction(
            session -> {
              Statements tx = Statements.in(session);
              return calls.once(tx, key, () -> insert(session, tx, caller, fresh).map(response));
            })
        .map(IdempotentRequests.Kept::response);
  }

  private Uni<IdentityWithProfile> insert(
      Mutiny.StatelessSession session, Statements tx, Caller caller, NewIdentity fresh) {
    Identity identity = new Identity(caller.tenant(), ids.identity(), fresh, clock.instant());
    return session
        .insert(identity)
        .chain(() -> audit.write(tx, caller, Action.IDENTITY_CREATED, identity.id()))
        .map(written -> new IdentityWithProfile(identity, null));
  }

  /**
   * Changes an identity while its row is locked, so that no other call changes it between the
   * condition and the write.
   *
   * @param changes what is changed, by what is stored; asked only where the condition holds
   */
  @WithTransaction
  Uni<IdentityWithProfile> update(
      Caller caller,
      IdentityId id,
      IfMatch condition,
      Function<Identity, IdentityChanges> changes) {
    return repository
        .requireLocked(caller.tenant(), id)
        .invoke(condition::require)
        .invoke(identity -> identity.change(changes.apply(identity), clock.instant()))
        .call(identity -> record(caller, Action.IDENTITY_UPDATED, id))
        .flatMap(identity -> repository.withProfile(caller.tenant(), identity));
  }

  /** Deletes an identity, under the same lock as an update's. */
  @WithTransaction
  Uni<Void> delete(Caller caller, IdentityId id, IfMatch condition) {
    return repository
        .requireLocked(caller.tenant(), id)
        .invoke(condition::require)
        .call(
            identity ->
                statements().flatMap(tx -> deletionHook.beforeDelete(tx, caller.tenant(), id)))
        .call(identity -> record(caller, Action.IDENTITY_DELETED, id))
        .flatMap(identity -> repository.delete(caller.tenant(), id));
  }

  private Uni<Void> record(Caller caller, Action action, IdentityId id) {
    return statements().flatMap(tx -> audit.write(tx, caller, action, id));
  }

  private static Uni<Statements> statements() {
    return Panache.getSession().map(Statements::in);
  }
}
