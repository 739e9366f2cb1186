package ai.pathbound.identities.webhook.store;

import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.id.MessageId;
import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.webhook.WebhookSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * The outbox as a dispatcher sees it: claims are one statement, with no transaction held while a
 * message is on its way.
 */
@ApplicationScoped
public class DeliveryQueue {
  // Whose turn it is: the tenant with the fewest messages on their way, and among equals the next
  // one after the tenant that was served last. Of each endpoint only as much is read as may be on
  // its way to it at a time, so a long queue costs the others neither their turn nor time. To one
  // that fails, one message is on its way at a time, and those that fail share half of the slots:
  // however many hang, the others go on. Those that fail take turns one by one, behind the one that
  // was tried last, so that one which works again is tried however many hang. Who could not get a
  // slot in any case is left out of the turns. A tenant gets a slot of this replica only where it
  // has
  // fewer than are free: answers that take their time, and are no failures, leave room for
  // everybody else. Within a tenant, the endpoint with the fewest messages on their way comes
  // first.
  //
  // between: whatever has a lease; unlike "is not null" it is taken to be rare where nobody has
  // counted.
  // coalesce: a condition that no index on due_at serves, so that what is picked is found by its
  // key.
  private static final String CLAIM =
      """
      with recursive endpoint (tenant_id, id) as (
        (select tenant_id, endpoint_id from webhook_delivery where due_at is not null
         order by tenant_id, endpoint_id, due_at limit 1)
        union all
        select next.tenant_id, next.endpoint_id
        from endpoint cross join lateral (
          select d.tenant_id, d.endpoint_id from webhook_delivery d
          where d.due_at is not null
            and (d.tenant_id, d.endpoint_id) > (endpoint.tenant_id, endpoint.id)
          order by d.tenant_id, d.endpoint_id, d.due_at limit 1
        ) next
      ), held as materialized (
        select tenant_id, endpoint_id, worker from webhook_delivery
        where lease_until between '-infinity' and 'infinity'
      ), at_endpoint as materialized (
        select tenant_id, endpoint_id, count(*) as messages,
          count(*) filter (where worker = $3) as here
        from held group by tenant_id, endpoint_id
      ), in_hand as (
        select tenant_id, sum(messages) as messages, sum(here) as here
        from at_endpoint group by tenant_id
      ), candidate as materialized (
        select e.tenant_id, e.id as endpoint_id, first.message_id, first.due_at,
          w.failing_since is not null as failing,
          coalesce(in_hand.here, 0) as here,
          coalesce(in_hand.messages, 0) + row_number() over (
            partition by e.tenant_id
            order by coalesce(at_endpoint.messages, 0) + first.place, first.due_at) as turn
        from endpoint e
        cross join lateral (
          select failing_since from webhook_endpoint
          where tenant_id = e.tenant_id and id = e.id and enabled limit 1
        ) w
        left join at_endpoint on at_endpoint.tenant_id = e.tenant_id
          and at_endpoint.endpoint_id = e.id
        left join in_hand on in_hand.tenant_id = e.tenant_id
        cross join lateral (
          select next.*, row_number() over (order by next.due_at) as place
          from (
            select d.message_id, d.due_at from webhook_delivery d
            where d.tenant_id = e.tenant_id and d.endpoint_id = e.id and d.due_at <= $1
            order by d.due_at
            limit greatest(0, case when w.failing_since is null then $5::bigint else 1 end
              - coalesce(at_endpoint.messages, 0))
          ) next
        ) first
      ), ranked as materialized (
        select c.*, row_number() over (
          partition by c.failing
          order by (c.tenant_id, c.endpoint_id) <= ($8::text, $9::uuid), c.tenant_id, c.endpoint_id)
          as nth
        from candidate c where not c.failing or c.here < $2::bigint
      ), welcome as (
        select r.*, r.here + row_number() over (partition by r.tenant_id order by r.turn) as slots
        from ranked r where not r.failing or r.nth <= $6::bigint
      ), allowed as materialized (
        select w.*, row_number() over (
          order by w.turn, w.tenant_id <= $7, w.tenant_id, w.due_at) as place
        from welcome w where w.slots <= $2::bigint
      ), picked as (
        select d.tenant_id, d.endpoint_id, d.message_id, a.nth
        from allowed a
        join webhook_delivery d on d.tenant_id = a.tenant_id
          and d.endpoint_id = a.endpoint_id and d.message_id = a.message_id
        where coalesce(d.due_at <= $1, false) and a.slots <= $2::bigint - (a.place - 1)
        order by a.place
        limit $2::bigint
        for update of d skip locked
      )
      update webhook_delivery d set
        due_at = null, worker = $3, epoch = d.epoch + 1,
        lease_until = now() + $4::bigint * interval '1 millisecond'
      from picked
      join webhook_endpoint w on w.tenant_id = picked.tenant_id and w.id = picked.endpoint_id
      join webhook_message m on m.tenant_id = picked.tenant_id and m.id = picked.message_id
      where d.tenant_id = picked.tenant_id and d.endpoint_id = picked.endpoint_id
        and d.message_id = picked.message_id
      returning d.tenant_id, d.endpoint_id, d.message_id, d.epoch, d.tries, w.url, w.secret_sealed,
        case when w.older_secret_until > $1 then w.older_secret_sealed end as older_secret_sealed,
        w.failing_since, m.body, picked.nth
      """;
  private static final String RESCUE =
      """
      update webhook_delivery d set
        status = case when w.enabled then 'pending' else 'failed' end,
        due_at = case when w.enabled then $1::timestamptz end,
        finished_at = case when not w.enabled then $1::timestamptz end,
        worker = null, lease_until = null, epoch = d.epoch + 1
      from (
        select tenant_id, endpoint_id, message_id from webhook_delivery
        where lease_until < now()
        order by lease_until limit 100 for update skip locked
      ) stranded
      join webhook_endpoint w on w.tenant_id = stranded.tenant_id and w.id = stranded.endpoint_id
      where d.tenant_id = stranded.tenant_id and d.endpoint_id = stranded.endpoint_id
        and d.message_id = stranded.message_id
      """;
  // Who writes a message, settles one or asks for one again, and who switches the endpoint off, may
  // not see each other: each reads what was committed when its statement began. The endpoint is
  // locked too, since it may be switched on at this moment.
  private static final String LET_GO =
      """
      update webhook_delivery set status = 'failed', due_at = null, finished_at = $1
      where due_at is not null and ctid = any (array(
        select waiting.place
        from webhook_endpoint w cross join lateral (
          select d.ctid as place from webhook_delivery d
          where d.tenant_id = w.tenant_id and d.endpoint_id = w.id and d.due_at is not null
          limit 1000 for update skip locked
        ) waiting
        where not w.enabled
        for share of w skip locked))
      """;
  private static final String GIVE_BACK =
      "update webhook_delivery set lease_until = '-infinity' where worker = $1"
          + " and lease_until between '-infinity' and 'infinity'";
  private static final String SWITCHED_OFF =
      """
      select distinct d.endpoint_id from webhook_delivery d
      join webhook_endpoint w on w.tenant_id = d.tenant_id and w.id = d.endpoint_id
      where d.lease_until is not null and d.worker = $1 and not w.enabled
      """;
  // An endpoint that has as many on their way as it may is late by itself: it answers more slowly
  // than its messages come.
  private static final String DEPTH =
      """
      with at_endpoint as materialized (
        select tenant_id, endpoint_id, count(*) as messages from webhook_delivery
        where lease_until between '-infinity' and 'infinity'
        group by tenant_id, endpoint_id
      )
      select count(*),
        min(d.due_at) filter (where w.failing_since is null and d.due_at <= $1
          and coalesce(a.messages, 0) < $2::bigint)
      from webhook_delivery d
      join webhook_endpoint w on w.tenant_id = d.tenant_id and w.id = d.endpoint_id
      left join at_endpoint a on a.tenant_id = d.tenant_id and a.endpoint_id = d.endpoint_id
      where d.due_at is not null and w.enabled
      """;

  private final Pool pool;
  private final Clock clock;
  private final WebhookSettings settings;
  private volatile String lastTenant = "";
  private volatile Failing lastFailing = new Failing("", new UUID(0, 0));

  DeliveryQueue(Pool pool, Clock clock, WebhookSettings settings) {
    this.pool = pool;
    this.clock = clock;
    this.settings = settings;
  }

  /** The endpoint that fails and was tried last. */
  private record Failing(String tenant, UUID endpoint) {}

  /**
   * How much there is to send.
   *
   * @param waiting how many messages wait for an attempt, now or later, of endpoints that are
   *     switched on
   * @param overdue how long the oldest one has been due, of endpoints that work and could be sent
   *     more at this moment
   */
  public record Depth(long waiting, Duration overdue) {}

  /**
   * Claims what is due, the tenants in turn.
   *
   * @param atMost how many: all slots of the replica that are free
   * @param atMostFailing how many of these to endpoints that fail
   */
  public Uni<List<ClaimedDelivery>> claim(String worker, int atMost, int atMostFailing) {
    Failing last = lastFailing;
    return pool.preparedQuery(CLAIM)
        .execute(
            Tuple.tuple()
                .addValue(now())
                .addValue(atMost)
                .addValue(worker)
                .addValue(settings.lease().toMillis())
                .addValue(settings.perEndpoint())
                .addValue(atMostFailing)
                .addValue(lastTenant)
                .addValue(last.tenant())
                .addValue(last.endpoint()))
        .map(
            rows -> {
              List<ClaimedDelivery> claims = new ArrayList<>();
              long latest = 0;
              for (Row row : rows) {
                claims.add(claimed(row, worker));
                lastTenant = row.getString("tenant_id");
                if (row.getValue("failing_since") != null && row.getLong("nth") > latest) {
                  latest = row.getLong("nth");
                  lastFailing = new Failing(lastTenant, row.getUUID("endpoint_id"));
                }
              }
              return claims;
            });
  }

  private static ClaimedDelivery claimed(Row row, String worker) {
    List<String> secrets = new ArrayList<>();
    secrets.add(row.getString("secret_sealed"));
    Optional.ofNullable(row.getString("older_secret_sealed")).ifPresent(secrets::add);
    return new ClaimedDelivery(
        new TenantId(row.getString("tenant_id")),
        new EndpointId(row.getUUID("endpoint_id")),
        new MessageId(row.getUUID("message_id")),
        row.getLong("epoch"),
        worker,
        row.getInteger("tries"),
        row.getString("url"),
        secrets,
        row.getString("body"),
        Optional.ofNullable(row.getOffsetDateTime("failing_since")).map(OffsetDateTime::toInstant));
  }

  /**
   * Takes messages from replicas whose lease is over, for others to send; how many. Those of
   * endpoints that were switched off meanwhile have failed.
   */
  public Uni<Integer> rescue() {
    return pool.preparedQuery(RESCUE).execute(Tuple.of(now())).map(rows -> rows.rowCount());
  }

  /** Lets go what waits for endpoints that are switched off; how many messages. */
  public Uni<Integer> letGo() {
    return pool.preparedQuery(LET_GO).execute(Tuple.of(now())).map(rows -> rows.rowCount());
  }

  /** Ends every lease of {@code worker}, so that others can go on at once; how many. */
  public Uni<Integer> giveBack(String worker) {
    return pool.preparedQuery(GIVE_BACK).execute(Tuple.of(worker)).map(rows -> rows.rowCount());
  }

  /** To which endpoints {@code worker} is sending that were switched off or deleted meanwhile. */
  public Uni<List<EndpointId>> switchedOff(String worker) {
    return pool.preparedQuery(SWITCHED_OFF)
        .execute(Tuple.of(worker))
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> new EndpointId(row.getUUID(0)))
                    .toList());
  }

  /** How much there is to send, in the whole service. */
  public Uni<Depth> depth() {
    Instant now = clock.instant();
    return pool.preparedQuery(DEPTH)
        .execute(Tuple.of(now.atOffset(ZoneOffset.UTC), (long) settings.perEndpoint()))
        .map(
            rows -> {
              Row row = rows.iterator().next();
              return new Depth(
                  row.getLong(0),
                  Optional.ofNullable(row.getOffsetDateTime(1))
                      .map(oldest -> Duration.between(oldest.toInstant(), now))
                      .orElse(Duration.ZERO));
            });
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
