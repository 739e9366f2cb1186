package ai.pathbound.identities.audit;

import ai.pathbound.identities.database.Statements;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.Ids;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;

/** Writes the audit trail, each event in the transaction that it records. */
@ApplicationScoped
public class AuditTrail {
  /** The outcome of what worked. */
  public static final String SUCCESS = "success";

  // An absent text is sent as an empty one, since a native query gives a null no type.
  private static final String WRITE =
      """
      insert into audit_event
        (tenant_id, id, at, actor, action, identity_id, session_id, client_address, outcome)
      values ($1, $2, $3, nullif($4, ''), $5, $6, cast(nullif($7, '') as uuid), nullif($8, ''), $9)
      """;

  private final Ids ids;
  private final Clock clock;

  public AuditTrail(Ids ids, Clock clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /** Records a successful action on an identity. */
  public Uni<Void> write(
      Statements transaction, Caller caller, Action action, IdentityId identity) {
    return write(
        transaction,
        caller.tenant(),
        Optional.of(caller),
        action,
        identity,
        Optional.empty(),
        SUCCESS);
  }

  /**
   * Records an action on one of an identity's logins.
   *
   * @param outcome {@link #SUCCESS}, or the {@code error_code} of the login that failed
   */
  public Uni<Void> write(
      Statements transaction,
      Caller caller,
      Action action,
      IdentityId identity,
      SessionId session,
      String outcome) {
    return write(
        transaction,
        caller.tenant(),
        Optional.of(caller),
        action,
        identity,
        Optional.of(session),
        outcome);
  }

  /**
   * Records an action of the service itself on one of an identity's logins.
   *
   * @param outcome {@link #SUCCESS}, or the {@code error_code} of the login that failed
   */
  public Uni<Void> writeOwn(
      Statements transaction,
      TenantId tenant,
      Action action,
      IdentityId identity,
      SessionId session,
      String outcome) {
    return write(
        transaction, tenant, Optional.empty(), action, identity, Optional.of(session), outcome);
  }

  private Uni<Void> write(
      Statements transaction,
      TenantId tenant,
      Optional<Caller> caller,
      Action action,
      IdentityId identity,
      Optional<SessionId> session,
      String outcome) {
    return transaction
        .execute(
            WRITE,
            Arrays.asList(
                tenant.value(),
                ids.auditEvent().uuid(),
                clock.instant().atOffset(ZoneOffset.UTC),
                caller.map(Caller::subject).orElse(""),
                action.word(),
                identity.uuid(),
                session.map(id -> id.uuid().toString()).orElse(""),
                caller.flatMap(Caller::address).orElse(""),
                outcome))
        .replaceWithVoid();
  }
}
