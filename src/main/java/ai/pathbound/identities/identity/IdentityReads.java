package ai.pathbound.identities.identity;

import ai.pathbound.identities.database.Snapshots;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads identities as the API shows them: one statement on the plain client, one record a row.
 * These are the hot calls, and Hibernate would parse a query of its own language at the first one.
 * Every query takes the tenant first.
 */
@ApplicationScoped
class IdentityReads {
  // Never more columns: what is sealed is not read for an identity's body. A profile is looked up
  // for
  // each row, whatever the statistics say ("offset 0" keeps the planner from joining otherwise): a
  // merge would read the profiles of all that come before, so that a page costs what it is deep.
  private static final String SELECT =
      """
      select i.id, i.first_name, i.last_name, i.role, i.created_at, i.updated_at,
        p.profile_id, p.connected, p.country, p.connected_at,
        greatest(p.connected_at, p.checked_at, p.expired_at),
        p.expired_at is not null and p.connected_at is null
      from identity i left join lateral (
        select profile_id, connected, country, connected_at, checked_at, expired_at
        from linkedin_profile
        where tenant_id = i.tenant_id and identity_id = i.id offset 0
      ) p on true
      where i.tenant_id = $1
      """;

  private static final String ONE = SELECT + "and i.id = $2";
  private static final String FIRST_PAGE = SELECT + "order by i.id limit $2";
  static final String NEXT_PAGE = SELECT + "and i.id > $3 order by i.id limit $2";

  // So many rows that a statement for each such page costs little, so few that they are nothing.
  private static final int PAGE_OF_ALL = 500;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Pool database;
  private final Snapshots snapshots;

  IdentityReads(Pool database, Snapshots snapshots) {
    this.database = database;
    this.snapshots = snapshots;
  }

  /** One identity; refuses with {@code not_found}. */
  Uni<IdentityView> require(TenantId tenant, IdentityId id) {
    return read(ONE, Tuple.of(tenant.value(), id.uuid()))
        .map(found -> found.stream().findFirst().orElseThrow(RefusalException::notFound));
  }

  /**
   * A part of all identities.
   *
   * @param views the identities, in the order of their ids; may be empty
   * @param isFirst whether none came before it
   * @param isLast whether none comes behind it
   */
  record Part(List<IdentityView> views, boolean isFirst, boolean isLast) {}

  /** All of one snapshot, in the order of their ids; a part is read when it is asked for. */
  Multi<Part> all(TenantId tenant) {
    return snapshots.read(
        connection ->
            Multi.createBy()
                .repeating()
                .uni(
                    () -> new AtomicReference<>(BEFORE_ALL),
                    behind -> part(connection, tenant, behind))
                .whilst(part -> !part.isLast()));
  }

  private static Uni<Part> part(
      SqlConnection connection, TenantId tenant, AtomicReference<UUID> behind) {
    boolean isFirst = behind.get().equals(BEFORE_ALL);
    return connection
        .preparedQuery(NEXT_PAGE)
        .execute(Tuple.of(tenant.value(), PAGE_OF_ALL, behind.get()))
        .map(
            rows -> {
              for (Row row : rows) {
                behind.set(row.getUUID(0));
              }
              return new Part(views(rows), isFirst, rows.size() < PAGE_OF_ALL);
            });
  }

  /** At most {@code limit} of them, in the order of their ids, behind {@code after}. */
  Uni<List<IdentityView>> page(TenantId tenant, Optional<IdentityId> after, int limit) {
    return after.isPresent()
        ? read(NEXT_PAGE, Tuple.of(tenant.value(), limit, after.get().uuid()))
        : read(FIRST_PAGE, Tuple.of(tenant.value(), limit));
  }

  private Uni<List<IdentityView>> read(String sql, Tuple parameters) {
    return database.preparedQuery(sql).execute(parameters).map(IdentityReads::views);
  }

  private static List<IdentityView> views(RowSet<Row> rows) {
    List<IdentityView> views = new ArrayList<>(rows.size());
    for (Row row : rows) {
      views.add(view(row));
    }
    return views;
  }

  private static IdentityView view(Row row) {
    String role = row.getString(3);
    return new IdentityView(
        new IdentityId(row.getUUID(0)).toString(),
        row.getString(1),
        row.getString(2),
        role,
        role,
        linkedIn(row),
        time(row, 4),
        time(row, 5));
  }

  private static IdentityView.LinkedIn linkedIn(Row row) {
    UUID profile = row.getUUID(6);
    return profile == null
        ? null
        : new IdentityView.LinkedIn(
            new ProfileId(profile).toString(),
            row.getBoolean(7),
            row.getString(8),
            time(row, 9),
            time(row, 10),
            row.getBoolean(11));
  }

  private static Instant time(Row row, int column) {
    var time = row.getOffsetDateTime(column);
    return time == null ? null : time.toInstant();
  }
}
