package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;

/** Reads rows of links, each with the time by the database's clock. */
final class LinkRows {
  static final String NOW = "date_trunc('milliseconds', clock_timestamp()) as now";
  static final String SELECT = "select *, " + NOW + " from connect_link";

  // So that a deletion of the identity, which locks it before its links, comes before or after.
  private static final String HOLD =
      "select 1 from identity where tenant_id = $1 and id = $2 for key share";
  private static final String ONE =
      "select * from connect_link where tenant_id = $1 and identity_id = $2 and id = $3";

  // The time is told once the row is locked.
  private static final String LOCK =
      "select found.*, " + NOW + " from (" + ONE + " for update) found";
  private static final String FIND =
      SELECT + " where tenant_id = $1 and identity_id = $2 and id = $3";

  private LinkRows() {}

  /** One link; refuses with {@code not_found}. */
  static Uni<StoredLink> require(
      SqlClient client, TenantId tenant, IdentityId identity, LinkId link) {
    return one(client, FIND, tenant, identity, link);
  }

  /** Keeps the identity from being deleted until the transaction ends; refuses as above. */
  static Uni<Void> holdIdentity(SqlClient client, TenantId tenant, IdentityId identity) {
    return client
        .preparedQuery(HOLD)
        .execute(Tuple.of(tenant.value(), identity.uuid()))
        .invoke(
            rows -> {
              if (rows.size() == 0) {
                throw RefusalException.notFound();
              }
            })
        .replaceWithVoid();
  }

  /**
   * One link, locked until the transaction ends; refuses with {@code not_found}. Whoever locks the
   * identity or a login as well, as a reference to one does, does that before.
   */
  static Uni<StoredLink> lock(SqlClient client, TenantId tenant, IdentityId identity, LinkId link) {
    return one(client, LOCK, tenant, identity, link);
  }

  private static Uni<StoredLink> one(
      SqlClient client, String sql, TenantId tenant, IdentityId identity, LinkId link) {
    return client
        .preparedQuery(sql)
        .execute(Tuple.of(tenant.value(), identity.uuid(), link.uuid()))
        .map(rows -> first(rows).orElseThrow(RefusalException::notFound));
  }

  static Optional<StoredLink> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(StoredLink.of(rows.iterator().next()));
  }
}
