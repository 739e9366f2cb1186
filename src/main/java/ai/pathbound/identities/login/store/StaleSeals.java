package ai.pathbound.identities.login.store;

import ai.pathbound.identities.secret.SealingContext;
import ai.pathbound.identities.secret.SealingKeys;
import ai.pathbound.identities.secret.SecretBox;
import ai.pathbound.identities.secret.UnreadableSecretException;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Values sealed under another key than the first. They are resealed in small batches, on any
 * replica, no leader: rows that another replica has locked are left to it, and a value that has
 * changed meanwhile stays as it is.
 */
@ApplicationScoped
public class StaleSeals {
  private static final Logger LOG = Logger.getLogger(StaleSeals.class);

  /** Maximum number of unreadable values that are logged one by one. */
  private static final int REMEMBERED = 1_000;

  private final Pool pool;
  private final SealingKeys keys;
  private final SecretBox box;
  private final Map<SealedColumn, Set<UUID>> unreadable = new EnumMap<>(SealedColumn.class);

  StaleSeals(Pool pool, SealingKeys keys, SecretBox box) {
    this.pool = pool;
    this.keys = keys;
    this.box = box;
    for (SealedColumn column : SealedColumn.values()) {
      unreadable.put(column, ConcurrentHashMap.newKeySet());
    }
  }

  /** The number of values of each key except the first, configured or not. */
  public Uni<Map<String, Long>> count() {
    Map<String, Long> counts = new TreeMap<>();
    return Multi.createFrom()
        .items(SealedColumn.values())
        .onItem()
        .transformToUniAndConcatenate(
            column -> pool.preparedQuery(column.count).execute(Tuple.of(keys.sealing().id())))
        .onItem()
        .invoke(rows -> rows.forEach(row -> add(row, counts)))
        .collect()
        .last()
        .replaceWith(counts);
  }

  private static void add(Row row, Map<String, Long> counts) {
    counts.merge(String.valueOf(row.getString(0)), row.getLong(1), Long::sum);
  }

  /** Reseals up to {@code batch} values of each column; returns how many. */
  public Uni<Integer> reseal(int batch) {
    return Multi.createFrom()
        .items(SealedColumn.values())
        .onItem()
        .transformToUniAndConcatenate(
            column -> pool.withTransaction(connection -> reseal(connection, column, batch)))
        .collect()
        .with(Collectors.summingInt(Integer::intValue));
  }

  private Uni<Integer> reseal(SqlConnection connection, SealedColumn column, int batch) {
    return connection
        .preparedQuery(column.stale)
        .execute(
            Tuple.of(
                keys.openingOnly().toArray(String[]::new),
                unreadable.get(column).toArray(UUID[]::new),
                batch))
        .map(rows -> resealed(rows, column))
        .flatMap(
            values ->
                values.isEmpty()
                    ? Uni.createFrom().item(0)
                    : connection
                        .preparedQuery(column.replace)
                        .executeBatch(values)
                        .replaceWith(values.size()));
  }

  private List<Tuple> resealed(RowSet<Row> rows, SealedColumn column) {
    List<Tuple> values = new ArrayList<>();
    for (Row row : rows) {
      String tenant = row.getString(0);
      UUID id = row.getUUID(1);
      String sealed = row.getString(2);
      resealed(sealed, column, new SealingContext(new TenantId(tenant), id, column.place))
          .ifPresent(fresh -> values.add(Tuple.of(tenant, id, sealed, fresh)));
    }
    return values;
  }

  private Optional<String> resealed(String sealed, SealedColumn column, SealingContext context) {
    try {
      return Optional.of(box.reseal(sealed, context));
    } catch (UnreadableSecretException e) {
      Set<UUID> known = unreadable.get(column);
      if (known.size() < REMEMBERED && known.add(context.row())) {
        LOG.warnf("not resealed: %s", e.getMessage());
      }
      return Optional.empty();
    }
  }
}
