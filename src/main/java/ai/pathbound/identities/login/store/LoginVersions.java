package ai.pathbound.identities.login.store;

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
import java.util.UUID;

/** Which version many logins are at, in one statement. */
@ApplicationScoped
public class LoginVersions {
  private static final String VERSIONS =
      """
      select tenant_id, id, version
      from login_session
      join unnest($1::text[], $2::uuid[]) as asked (tenant_id, id) using (tenant_id, id)
      """;

  private final Pool pool;

  LoginVersions(Pool pool) {
    this.pool = pool;
  }

  /** Which login. */
  public record LoginKey(TenantId tenant, SessionId session) {}

  /** The versions of those logins; one that is there no more is absent. */
  public Uni<Map<LoginKey, Long>> of(Collection<LoginKey> logins) {
    return pool.preparedQuery(VERSIONS)
        .execute(
            Tuple.of(
                logins.stream().map(login -> login.tenant().value()).toArray(String[]::new),
                logins.stream().map(login -> login.session().uuid()).toArray(UUID[]::new)))
        .map(
            rows -> {
              Map<LoginKey, Long> versions = new HashMap<>();
              for (Row row : rows) {
                versions.put(
                    new LoginKey(
                        new TenantId(row.getString("tenant_id")), new SessionId(row.getUUID("id"))),
                    row.getLong("version"));
              }
              return versions;
            });
  }
}
