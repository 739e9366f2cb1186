package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.audit.LinkTrail.ConsentText;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** What holders consented to. */
@ApplicationScoped
public class Consents {
  private static final int LONGEST_USER_AGENT = 500;
  private static final String INSERT =
      """
      insert into connect_consent
        (tenant_id, link_id, identity_id, text_sha256, text_version, consented_at, user_agent,
         client_address, locale, display_name)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
      """;
  private static final String LAST =
      """
      select link_id, text_sha256, text_version, consented_at, user_agent, client_address
      from connect_consent where tenant_id = $1 and identity_id = $2
      order by consented_at desc, link_id desc limit 1
      """;

  private final Pool pool;

  Consents(Pool pool) {
    this.pool = pool;
  }

  /** From where a holder consented: what the browser says of itself, and the address. */
  public record From(Optional<String> userAgent, Optional<String> address) {
    /** The same, where what the browser says is shortened and made storable. */
    public static From of(String userAgent, Optional<String> address) {
      return new From(
          Optional.ofNullable(userAgent)
              .map(text -> text.replaceAll("[^\\x20-\\x7e]", "?").strip())
              .map(text -> text.substring(0, Math.min(text.length(), LONGEST_USER_AGENT)))
              .filter(text -> !text.isEmpty()),
          address);
    }
  }

  /**
   * What a holder was shown: with the language and the tenant's name as it was then, which the row
   * keeps, the text can be put together again and its hash be checked.
   */
  public record Shown(ConsentText text, PageLanguage language, String displayName) {}

  /** A consent. */
  public record Consent(LinkId link, ConsentText text, Instant consentedAt, From from) {}

  /** Of the link that was opened by it. */
  Uni<Void> write(SqlConnection connection, StoredLink opened, Shown shown, From from) {
    LinkFacts facts = opened.facts();
    return connection
        .preparedQuery(INSERT)
        .execute(
            Tuple.tuple()
                .addValue(facts.tenant().value())
                .addValue(facts.link().uuid())
                .addValue(facts.identity().uuid())
                .addValue(shown.text().sha256())
                .addValue(shown.text().version())
                .addValue(opened.openedAt().orElseThrow().atOffset(ZoneOffset.UTC))
                .addValue(from.userAgent().orElse(null))
                .addValue(from.address().orElse(null))
                .addValue(shown.language().tag())
                .addValue(shown.displayName()))
        .replaceWithVoid();
  }

  /** The last consent for an identity. */
  public Uni<Optional<Consent>> last(TenantId tenant, IdentityId identity) {
    return pool.preparedQuery(LAST)
        .execute(Tuple.of(tenant.value(), identity.uuid()))
        .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(of(rows.iterator().next())));
  }

  private static Consent of(Row row) {
    return new Consent(
        new LinkId(row.getUUID("link_id")),
        new ConsentText(row.getString("text_sha256"), row.getString("text_version")),
        row.getOffsetDateTime("consented_at").toInstant(),
        new From(
            Optional.ofNullable(row.getString("user_agent")),
            Optional.ofNullable(row.getString("client_address"))));
  }
}
