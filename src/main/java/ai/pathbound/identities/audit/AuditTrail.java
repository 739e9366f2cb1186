package ai.pathbound.identities.audit;

import ai.pathbound.identities.database.Statements;
import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.Ids;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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
  private static final String WRITE_OF_ENDPOINT =
      """
      insert into audit_event
        (tenant_id, id, at, actor, action, identity_id, endpoint_id, client_address, outcome)
      values ($1, $2, $3, nullif($4, ''), $5, $6, $7, nullif($8, ''), $9)
      """;
  private static final String WRITE_OWN =
      """
      insert into audit_event (tenant_id, id, at, action, identity_id, session_id, outcome)
      select tenant_id, id, $3, action, identity_id, session_id, outcome
      from unnest($1::text[], $2::uuid[], $4::text[], $5::uuid[], $6::uuid[], $7::text[])
        as event (tenant_id, id, action, identity_id, session_id, outcome)
      """;
  // In the place of an identity's id, which the release before takes for granted.
  private static final UUID NO_IDENTITY = new UUID(0, 0);

  private final Ids ids;
  private final Clock clock;

  public AuditTrail(Ids ids, Clock clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /** Records a successful action on an identity. */
  public Uni<Void> write(
      Statements transaction, Caller caller, Action action, IdentityId identity) {
    return write(transaction, caller, action, identity, SUCCESS);
  }

  /**
   * Something was tried with an identity.
   *
   * @param outcome {@link #SUCCESS}, or an {@code error_code}
   */
  public Uni<Void> write(
      Statements transaction, Caller caller, Action action, IdentityId identity, String outcome) {
    return write(
        transaction,
        caller.tenant(),
        Optional.of(caller),
        action,
        identity,
        Optional.empty(),
        outcome);
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
   * An action of the service itself on one of an identity's logins.
   *
   * @param outcome {@link #SUCCESS}, or the {@code error_code} of the login that failed
   */
  public record OwnEvent(
      TenantId tenant, Action action, IdentityId identity, SessionId session, String outcome) {}

  /** Records actions of the service itself, with one statement. */
  public Uni<Void> writeOwn(Statements transaction, List<OwnEvent> events) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    return transaction
        .execute(
            WRITE_OWN,
            List.of(
                events.stream().map(event -> event.tenant().value()).toArray(String[]::new),
                events.stream().map(event -> ids.auditEvent().uuid()).toArray(UUID[]::new),
                now,
                events.stream().map(event -> event.action().wireName()).toArray(String[]::new),
                events.stream().map(event -> event.identity().uuid()).toArray(UUID[]::new),
                events.stream().map(event -> event.session().uuid()).toArray(UUID[]::new),
                events.stream().map(OwnEvent::outcome).toArray(String[]::new)))
        .replaceWithVoid();
  }

  /** The service itself did something to an identity, and it worked. */
  public Uni<Void> writeOwn(
      Statements transaction, TenantId tenant, Action action, IdentityId identity) {
    return write(
        transaction, tenant, Optional.empty(), action, identity, Optional.empty(), SUCCESS);
  }

  /** A caller did something to a webhook endpoint, and it worked. */
  public Uni<Void> write(
      Statements transaction, Caller caller, Action action, EndpointId endpoint) {
    return write(transaction, caller.tenant(), Optional.of(caller), action, endpoint);
  }

  /** The service itself did something to a webhook endpoint. */
  public Uni<Void> writeOwn(
      Statements transaction, TenantId tenant, Action action, EndpointId endpoint) {
    return write(transaction, tenant, Optional.empty(), action, endpoint);
  }

  private Uni<Void> write(
      Statements transaction,
      TenantId tenant,
      Optional<Caller> caller,
      Action action,
      EndpointId endpoint) {
    return transaction
        .execute(
            WRITE_OF_ENDPOINT,
            Arrays.asList(
                tenant.value(),
                ids.auditEvent().uuid(),
                clock.instant().atOffset(ZoneOffset.UTC),
                caller.map(Caller::subject).orElse(""),
                action.wireName(),
                NO_IDENTITY,
                endpoint.uuid(),
                caller.flatMap(Caller::address).orElse(""),
                SUCCESS))
        .replaceWithVoid();
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
                action.wireName(),
                identity.uuid(),
                session.map(id -> id.uuid().toString()).orElse(""),
                caller.flatMap(Caller::address).orElse(""),
                outcome))
        .replaceWithVoid();
  }
}
