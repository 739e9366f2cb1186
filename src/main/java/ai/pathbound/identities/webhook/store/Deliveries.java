package ai.pathbound.identities.webhook.store;

import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.id.MessageId;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.webhook.Event;
import ai.pathbound.identities.webhook.EventType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** What became of messages, as a tenant sees it, and how it has them sent again. */
@ApplicationScoped
public class Deliveries {
  private static final UUID AFTER_ALL = new UUID(-1, -1);
  private static final String PAGE =
      """
      select d.message_id, m.type, d.status, d.attempts, d.due_at
      from webhook_delivery d
      cross join lateral (
        select type from webhook_message where tenant_id = d.tenant_id and id = d.message_id offset 0
      ) m
      where d.tenant_id = $1 and d.endpoint_id = $2 and d.message_id < $3
      order by d.message_id desc
      limit $4
      """;
  private static final int BATCH = 5000;
  private static final OffsetDateTime BEFORE_ALL = OffsetDateTime.parse("1970-01-01T00:00:00Z");
  private static final UUID BELOW_ALL = new UUID(0, 0);

  // A try that is under way is the one that was asked for. Some at a time, in the order in which
  // they were written: no statement may take as long as a long list does.
  private static final String RECOVER =
      """
      with batch as materialized (
        select d.created_at, d.message_id from webhook_delivery d
        where d.tenant_id = $1 and d.endpoint_id = $2 and d.status <> 'delivered'
          and d.created_at >= $4 and (d.created_at, d.message_id) > ($5::timestamptz, $6::uuid)
        order by d.created_at, d.message_id
        limit $7::bigint
      ), again as (
        update webhook_delivery d set
          status = 'pending', due_at = $3, finished_at = null, tries = 0
        from webhook_endpoint e
        where e.tenant_id = $1 and e.id = $2 and e.enabled
          and d.tenant_id = $1 and d.endpoint_id = $2
          and d.message_id = any (array(select message_id from batch))
          and d.worker is null and d.status <> 'delivered'
        returning d.message_id
      )
      select created_at, message_id, (select count(*) from again)::int as again from batch
      order by created_at desc, message_id desc limit 1
      """;
  private static final String RESEND =
      """
      update webhook_delivery d set
        status = 'pending', due_at = $3, finished_at = null, tries = 0
      from webhook_endpoint e
      where e.tenant_id = $1 and e.enabled and d.tenant_id = $1 and d.endpoint_id = e.id
        and d.worker is null and d.message_id = $2
      returning d.endpoint_id
      """;
  private static final String MESSAGE =
      "select 1 from webhook_message where tenant_id = $1 and id = $2";

  private final Pool pool;
  private final Transactions transactions;
  private final Clock clock;
  private final Outbox outbox;
  private final OutboxSignal signal;

  Deliveries(
      Pool pool, Transactions transactions, Clock clock, Outbox outbox, OutboxSignal signal) {
    this.pool = pool;
    this.transactions = transactions;
    this.clock = clock;
    this.outbox = outbox;
    this.signal = signal;
  }

  /**
   * One message at one endpoint.
   *
   * @param message its id
   * @param type what it tells of
   * @param status {@code pending}, {@code delivered} or {@code failed}
   * @param attempts the last of them, oldest first
   * @param nextAttemptAt when it will be tried again; empty where it will not, or is being tried
   */
  public record Delivery(
      MessageId message,
      String type,
      String status,
      List<Attempt> attempts,
      Optional<Instant> nextAttemptAt) {}

  /** At most {@code limit} of the endpoint's, newest first, behind {@code after}. */
  public Uni<List<Delivery>> page(
      TenantId tenant, EndpointId endpoint, Optional<MessageId> after, int limit) {
    return pool.preparedQuery(PAGE)
        .execute(
            Tuple.of(
                tenant.value(),
                endpoint.uuid(),
                after.map(MessageId::uuid).orElse(AFTER_ALL),
                limit))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Deliveries::of).toList());
  }

  private static Delivery of(Row row) {
    return new Delivery(
        new MessageId(row.getUUID("message_id")),
        row.getString("type"),
        row.getString("status"),
        ((JsonArray) row.getValue("attempts"))
            .stream().map(JsonObject.class::cast).map(Attempt::of).toList(),
        Optional.ofNullable(row.getOffsetDateTime("due_at")).map(OffsetDateTime::toInstant));
  }

  /**
   * Sends an endpoint a message of its own; refuses with {@code not_found} or {@code
   * endpoint_disabled}.
   */
  public Uni<MessageId> test(TenantId tenant, EndpointId endpoint) {
    return transactions.run(
        tx ->
            tx.connection()
                .preparedQuery(Endpoints.ONE)
                .execute(Tuple.of(tenant.value(), endpoint.uuid()))
                .map(Endpoints::required)
                .invoke(Endpoints::requireEnabled)
                .flatMap(
                    found ->
                        outbox.publishTo(
                            tx.statements(),
                            tenant,
                            Event.of(EventType.TEST).endpoint(endpoint),
                            endpoint)));
  }

  /**
   * Sends again at once what the endpoint did not get since then; how much that is. Refuses with
   * {@code not_found} or {@code endpoint_disabled}.
   */
  public Uni<Integer> recover(TenantId tenant, EndpointId endpoint, Instant since) {
    return recover(tenant, endpoint, since, BATCH);
  }

  Uni<Integer> recover(TenantId tenant, EndpointId endpoint, Instant since, int batch) {
    Recovery recovery =
        new Recovery(tenant, endpoint, now(), since.atOffset(ZoneOffset.UTC), batch);
    return pool.preparedQuery(Endpoints.ONE)
        .execute(Tuple.of(tenant.value(), endpoint.uuid()))
        .map(Endpoints::required)
        .invoke(Endpoints::requireEnabled)
        .flatMap(found -> recover(recovery, BEFORE_ALL, BELOW_ALL, 0));
  }

  private record Recovery(
      TenantId tenant, EndpointId endpoint, OffsetDateTime now, OffsetDateTime since, int batch) {}

  private Uni<Integer> recover(Recovery recovery, OffsetDateTime after, UUID message, int already) {
    return pool.preparedQuery(RECOVER)
        .execute(
            Tuple.tuple()
                .addValue(recovery.tenant().value())
                .addValue(recovery.endpoint().uuid())
                .addValue(recovery.now())
                .addValue(recovery.since())
                .addValue(after)
                .addValue(message)
                .addValue((long) recovery.batch()))
        .flatMap(
            rows -> {
              if (rows.size() == 0) {
                return Uni.createFrom().item(already);
              }
              signal.written();
              Row last = rows.iterator().next();
              return recover(
                  recovery,
                  last.getOffsetDateTime("created_at"),
                  last.getUUID("message_id"),
                  already + last.getInteger("again"));
            });
  }

  /**
   * Sends a message again at once to every enabled endpoint that it was for; which these are.
   * Refuses with {@code not_found}.
   */
  public Uni<List<EndpointId>> resend(TenantId tenant, MessageId message) {
    return transactions
        .run(
            tx ->
                tx.connection()
                    .preparedQuery(MESSAGE)
                    .execute(Tuple.of(tenant.value(), message.uuid()))
                    .invoke(
                        rows -> {
                          if (rows.size() == 0) {
                            throw RefusalException.notFound();
                          }
                        })
                    .flatMap(
                        found ->
                            tx.connection()
                                .preparedQuery(RESEND)
                                .execute(Tuple.of(tenant.value(), message.uuid(), now()))))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> new EndpointId(row.getUUID(0)))
                    .toList())
        .invoke(signal::written);
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
