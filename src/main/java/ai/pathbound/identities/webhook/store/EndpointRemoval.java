package ai.pathbound.identities.webhook.store;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Deletes endpoints so that nothing is sent after it is said that they are gone. First the row is
 * marked: from then on no dispatcher claims messages for it, and its tenant no longer sees it; then
 * what is on its way is waited for, as long as its lease lasts at most; then the row goes, with all
 * that was for it.
 */
@ApplicationScoped
public class EndpointRemoval {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final String MARK =
      """
      update webhook_endpoint set
        enabled = false, disabled_reason = 'deleted', deleted_at = $3, updated_at = $3
      where tenant_id = $1 and id = $2 and deleted_at is null
      """;
  private static final String ON_ITS_WAY =
      """
      select 1 from webhook_delivery
      where tenant_id = $1 and endpoint_id = $2 and lease_until > now() limit 1
      """;
  private static final String MARKED =
      """
      select 1 from webhook_endpoint
      where tenant_id = $1 and id = $2 and deleted_at is not null
      """;
  // Some at a time: no statement may take as long as all that was ever sent to it.
  private static final String DELETE_DELIVERIES =
      """
      delete from webhook_delivery where tenant_id = $1 and endpoint_id = $2 and message_id = any (array(
        select message_id from webhook_delivery
        where tenant_id = $1 and endpoint_id = $2
        order by message_id limit $3::bigint for update skip locked))
      """;
  private static final String DELETE =
      "delete from webhook_endpoint where tenant_id = $1 and id = $2 and deleted_at is not null";
  // Whose replica died, or whose client hung up, while it waited.
  private static final String FORGOTTEN =
      """
      select m.tenant_id, m.id from webhook_endpoint m
      where m.deleted_at < $1 and not exists (
        select 1 from webhook_delivery d
        where d.tenant_id = m.tenant_id and d.endpoint_id = m.id and d.lease_until > now())
      order by m.deleted_at limit 100
      """;

  private final Pool pool;
  private final Transactions transactions;
  private final Clock clock;
  private final AuditTrail audit;
  private final List<Consumer<EndpointId>> listeners = new CopyOnWriteArrayList<>();

  EndpointRemoval(Pool pool, Transactions transactions, Clock clock, AuditTrail audit) {
    this.pool = pool;
    this.transactions = transactions;
    this.clock = clock;
    this.audit = audit;
  }

  /** Calls {@code listener} when an endpoint is going, so that it gives up what is on its way. */
  public void onRemoval(Consumer<EndpointId> listener) {
    listeners.add(listener);
  }

  /**
   * Deletes it; refuses with {@code not_found}, of one that is being deleted once nothing is on its
   * way to it.
   */
  public Uni<Void> remove(Caller caller, EndpointId endpoint) {
    Tuple key = Tuple.of(caller.tenant().value(), endpoint.uuid());
    return mark(caller, endpoint)
        .flatMap(
            marked ->
                marked
                    ? gone(caller.tenant(), endpoint)
                    : pool.preparedQuery(MARKED)
                        .execute(key)
                        .flatMap(
                            rows ->
                                rows.size() == 0
                                    ? Uni.createFrom().voidItem()
                                    : gone(caller.tenant(), endpoint))
                        .invoke(
                            () -> {
                              throw RefusalException.notFound();
                            }));
  }

  /** Whether nobody did so before. */
  private Uni<Boolean> mark(Caller caller, EndpointId endpoint) {
    return transactions.run(
        tx ->
            tx.connection()
                .preparedQuery(MARK)
                .execute(Tuple.of(caller.tenant().value(), endpoint.uuid(), now()))
                .map(rows -> rows.rowCount() == 1)
                .call(
                    marked ->
                        marked
                            ? audit.write(
                                tx.statements(), caller, Action.ENDPOINT_DELETED, endpoint)
                            : Uni.createFrom().voidItem()));
  }

  /** After the mark is committed; nothing is sent to it after this. */
  private Uni<Void> gone(TenantId tenant, EndpointId endpoint) {
    Tuple key = Tuple.of(tenant.value(), endpoint.uuid());
    // By snapshots that see all that a claim could have seen before the mark: such a claim has
    // committed its lease then, or finds nothing due.
    return DeliveryStops.stop(pool, tenant, endpoint, clock.instant())
        .invoke(() -> listeners.forEach(listener -> listener.accept(endpoint)))
        .chain(() -> nothingIsOnItsWay(key))
        .chain(() -> delete(key));
  }

  private Uni<Void> delete(Tuple key) {
    return pool.preparedQuery(DELETE_DELIVERIES)
        .execute(Tuple.of(key.getString(0), key.getUUID(1), (long) DeliveryStops.BATCH))
        .flatMap(
            rows ->
                rows.rowCount() > 0
                    ? delete(key)
                    : pool.preparedQuery(DELETE).execute(key).replaceWithVoid());
  }

  private Uni<Void> nothingIsOnItsWay(Tuple key) {
    return pool.preparedQuery(ON_ITS_WAY)
        .execute(key)
        .flatMap(
            rows ->
                rows.size() == 0
                    ? Uni.createFrom().voidItem()
                    : Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(LOOK_AGAIN)
                        .flatMap(later -> nothingIsOnItsWay(key)));
  }

  /** Deletes what was marked a while ago and is still there. */
  public Uni<Void> removeForgotten(Duration markedBefore) {
    return pool.preparedQuery(FORGOTTEN)
        .execute(Tuple.of(now().minus(markedBefore)))
        .flatMap(
            rows ->
                Multi.createFrom()
                    .iterable(rows)
                    .onItem()
                    .transformToUniAndConcatenate(
                        row -> delete(Tuple.of(row.getString(0), row.getUUID(1))))
                    .collect()
                    .last()
                    .replaceWithVoid());
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
