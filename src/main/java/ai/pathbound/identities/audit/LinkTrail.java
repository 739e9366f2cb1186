package ai.pathbound.identities.audit;

import ai.pathbound.identities.database.Statements;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.Ids;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes what happens to connect links into the trail, in the transaction of the change, and what a
 * holder does on their page.
 */
@ApplicationScoped
public class LinkTrail {
  private static final String WRITE =
      """
      insert into audit_event
        (tenant_id, id, at, actor, action, identity_id, link_id, session_id, text_sha256,
         text_version, client_address, outcome)
      values ($1, $2, $3, nullif($4, ''), $5, $6, cast(nullif($7, '') as uuid),
        cast(nullif($8, '') as uuid), nullif($9, ''), nullif($10, ''), nullif($11, ''), $12)
      """;
  private static final UUID NO_IDENTITY = new UUID(0, 0);

  private final Ids ids;
  private final Clock clock;

  public LinkTrail(Ids ids, Clock clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /** The text that a holder consented to. */
  public record ConsentText(String sha256, String version) {}

  /**
   * Something that happened to a link.
   *
   * @param by who did it; empty: the service itself. A holder has the link's id for a subject
   * @param login the login that it is about, where it is one
   * @param text what was consented to, where it was that
   * @param outcome {@link AuditTrail#SUCCESS}, or an {@code error_code}
   */
  public record Entry(
      TenantId tenant,
      Optional<Caller> by,
      Action action,
      IdentityId identity,
      LinkId link,
      Optional<SessionId> login,
      Optional<ConsentText> text,
      String outcome) {
    /** The same of one of the identity's logins. */
    public Entry of(SessionId session) {
      return new Entry(tenant, by, action, identity, link, Optional.of(session), text, outcome);
    }

    /** The same with the text that was consented to. */
    public Entry to(ConsentText consented) {
      return new Entry(tenant, by, action, identity, link, login, Optional.of(consented), outcome);
    }
  }

  /** An entry without a login or a text. */
  public static Entry entry(
      TenantId tenant,
      Optional<Caller> by,
      Action action,
      IdentityId identity,
      LinkId link,
      String outcome) {
    return new Entry(
        tenant, by, action, identity, link, Optional.empty(), Optional.empty(), outcome);
  }

  /** Who a holder is in the trail: nobody with a token, but the one who has the link. */
  public static Caller holder(TenantId tenant, LinkId link, Optional<String> address) {
    return new Caller(tenant, link.toString(), address);
  }

  /** Writes an entry. */
  public Uni<Void> write(Statements transaction, Entry entry) {
    return write(transaction, entry, entry.identity().uuid(), entry.link().uuid().toString());
  }

  /** A caller changed the tenant's settings of the page. */
  public Uni<Void> settingsUpdated(Statements transaction, Caller caller) {
    return write(
        transaction,
        new Entry(
            caller.tenant(),
            Optional.of(caller),
            Action.CONNECT_SETTINGS_UPDATED,
            null,
            null,
            Optional.empty(),
            Optional.empty(),
            AuditTrail.SUCCESS),
        NO_IDENTITY,
        "");
  }

  private Uni<Void> write(Statements transaction, Entry entry, UUID identity, String link) {
    return transaction
        .execute(
            WRITE,
            Arrays.asList(
                entry.tenant().value(),
                ids.auditEvent().uuid(),
                clock.instant().atOffset(ZoneOffset.UTC),
                entry.by().map(Caller::subject).orElse(""),
                entry.action().wireName(),
                identity,
                link,
                entry.login().map(id -> id.uuid().toString()).orElse(""),
                entry.text().map(ConsentText::sha256).orElse(""),
                entry.text().map(ConsentText::version).orElse(""),
                entry.by().flatMap(Caller::address).orElse(""),
                entry.outcome()))
        .replaceWithVoid();
  }
}
