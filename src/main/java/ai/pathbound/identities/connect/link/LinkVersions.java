package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Which version many links are at, in one statement. */
@ApplicationScoped
public class LinkVersions {
  private static final String VERSIONS =
      """
      select tenant_id, id, version, case status when 'submitted' then session_id end as login
      from connect_link
      join unnest($1::text[], $2::uuid[]) as asked (tenant_id, id) using (tenant_id, id)
      """;

  private final Pool pool;

  LinkVersions(Pool pool) {
    this.pool = pool;
  }

  /** Which link. */
  public record LinkKey(TenantId tenant, LinkId link) {}

  /**
   * What a link is at.
   *
   * @param login the one that it waits for
   */
  public record Seen(long version, Optional<SessionId> login) {}

  /** Of those links; one that is there no more is absent. */
  public Uni<Map<LinkKey, Seen>> of(Collection<LinkKey> links) {
    return pool.preparedQuery(VERSIONS)
        .execute(
            Tuple.of(
                links.stream().map(link -> link.tenant().value()).toArray(String[]::new),
                links.stream().map(link -> link.link().uuid()).toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<LinkKey, Seen> versions = new HashMap<>();
              for (Row row : rows) {
                versions.put(
                    new LinkKey(
                        new TenantId(row.getString("tenant_id")), new LinkId(row.getUUID("id"))),
                    new Seen(
                        row.getLong("version"),
                        Optional.ofNullable(row.getUUID("login")).map(SessionId::new)));
              }
              return versions;
            });
  }
}
