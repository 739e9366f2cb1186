package ai.pathbound.identities.webhook.store;

import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;

/** What waits for an endpoint that is switched off: nothing of it is due any more. */
final class DeliveryStops {
  // What is on its way settles itself, and finds the endpoint switched off.
  private static final String STOP =
      """
      update webhook_delivery set status = 'failed', due_at = null, finished_at = $3
      where tenant_id = $1 and endpoint_id = $2 and status = 'pending' and worker is null
      """;

  private DeliveryStops() {}

  static Uni<Void> stop(SqlClient client, TenantId tenant, EndpointId endpoint, Instant now) {
    return client
        .preparedQuery(STOP)
        .execute(Tuple.of(tenant.value(), endpoint.uuid(), now.atOffset(ZoneOffset.UTC)))
        .replaceWithVoid();
  }
}
