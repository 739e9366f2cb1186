package ai.pathbound.identities.audit;

import ai.pathbound.identities.id.AuditEventId;
import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Reads a tenant's audit trail, in the order of the events' ids. */
@ApplicationScoped
class AuditEvents {
  private static final UUID BEFORE_ALL = new UUID(0, 0);
  // In the place of an identity's id, where it was none.
  private static final UUID NO_IDENTITY = new UUID(0, 0);
  private static final String PAGE =
      "select id, at, actor, action, identity_id, session_id, endpoint_id, client_address,"
          + " outcome, link_id, text_sha256, text_version"
          + " from audit_event where tenant_id = $1 and id > $2";
  private static final String ORDER = " order by id limit $3";

  private final Pool pool;

  AuditEvents(Pool pool) {
    this.pool = pool;
  }

  /** At most {@code limit} events after {@code after}, of one identity or of all. */
  Uni<List<AuditResponse.Event>> page(
      TenantId tenant, Optional<IdentityId> identity, Optional<AuditEventId> after, int limit) {
    Tuple values =
        Tuple.of(tenant.value(), after.map(AuditEventId::uuid).orElse(BEFORE_ALL), limit);
    identity.ifPresent(id -> values.addUUID(id.uuid()));
    return pool.preparedQuery(PAGE + (identity.isPresent() ? " and identity_id = $4" : "") + ORDER)
        .execute(values)
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(AuditEvents::event).toList());
  }

  private static AuditResponse.Event event(Row row) {
    Optional<EndpointId> endpoint =
        Optional.ofNullable(row.getUUID("endpoint_id")).map(EndpointId::new);
    String link =
        Optional.ofNullable(row.getUUID("link_id"))
            .map(LinkId::new)
            .map(LinkId::toString)
            .orElse(null);
    String actor = row.getString("actor");
    UUID identity = row.getUUID("identity_id");
    return new AuditResponse.Event(
        new AuditEventId(row.getUUID("id")).toString(),
        row.getOffsetDateTime("at").toInstant(),
        actorType(actor, link),
        Optional.ofNullable(actor).orElse(AuditResponse.SYSTEM),
        row.getString("action"),
        identity.equals(NO_IDENTITY) ? null : new IdentityId(identity).toString(),
        Optional.ofNullable(row.getUUID("session_id"))
            .map(SessionId::new)
            .map(SessionId::toString)
            .orElse(null),
        endpoint.map(EndpointId::toString).orElse(null),
        link,
        row.getString("text_sha256"),
        row.getString("text_version"),
        row.getString("client_address"),
        row.getString("outcome"));
  }

  /** A holder's steps are those of the link itself: no token can have its id before it is made. */
  private static String actorType(String actor, String link) {
    if (actor == null) {
      return "service";
    }
    return actor.equals(link) ? "holder" : "client";
  }
}
