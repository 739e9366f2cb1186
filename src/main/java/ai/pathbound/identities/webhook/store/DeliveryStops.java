package ai.pathbound.identities.webhook.store;

import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * What waits for an endpoint that is switched off: nothing of it is due any more. Some at a time,
 * each time in a transaction of its own, since no statement may take as long as a long queue does.
 */
final class DeliveryStops {
  static final int BATCH = 5000;

  // What is on its way settles itself, and finds the endpoint switched off. What a claim has locked
  // is waited for: it is on its way afterwards, or is stopped. The endpoint is locked too, since it
  // may be switched on at this moment.
  private static final String STOP =
      """
      with endpoint as materialized (
        select id from webhook_endpoint
        where tenant_id = $1 and id = $2 and not enabled for share
      ), batch as materialized (
        select d.message_id from webhook_delivery d
        where d.tenant_id = $1 and d.endpoint_id = $2 and d.due_at is not null
          and exists (select 1 from endpoint)
        order by d.due_at
        limit $4::bigint
        for update of d
      )
      update webhook_delivery d set status = 'failed', due_at = null, finished_at = $3
      where d.tenant_id = $1 and d.endpoint_id = $2 and d.due_at is not null
        and d.message_id = any (array(select message_id from batch))
      """;

  private DeliveryStops() {}

  /** After the change that switched the endpoint off is committed. */
  static Uni<Void> stop(Pool pool, TenantId tenant, EndpointId endpoint, Instant now) {
    return stop(pool, tenant, endpoint, now, BATCH);
  }

  static Uni<Void> stop(Pool pool, TenantId tenant, EndpointId endpoint, Instant now, int batch) {
    return pool.preparedQuery(STOP)
        .execute(
            Tuple.of(tenant.value(), endpoint.uuid(), now.atOffset(ZoneOffset.UTC), (long) batch))
        .flatMap(
            rows ->
                rows.rowCount() == 0
                    ? Uni.createFrom().voidItem()
                    : stop(pool, tenant, endpoint, now, batch));
  }
}
