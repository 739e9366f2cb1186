package ai.pathbound.identities.webhook.store;

import ai.pathbound.identities.MigratedServer;
import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.id.Ids;
import ai.pathbound.identities.secret.PlainKeys;
import ai.pathbound.identities.secret.SecretBox;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.webhook.WebhookSettings;
import ai.pathbound.identities.webhook.WebhookSettingsOf;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The real outbox on a real PostgreSQL, with no dispatcher beside the one that a test plays. */
final class OutboxStore implements AutoCloseable {
  private static final int CONNECTIONS = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String KEYS =
      "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"test\",\"k\":\"%s\"}]}"
          .formatted(Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[32]));
  private static final String FILL =
      """
      with message as (
        insert into webhook_message
        select $1, gen_random_uuid(), 'webhook.test', '{"type":"webhook.test"}', $3
        from generate_series(1, $4)
        returning id
      )
      insert into webhook_delivery
        (tenant_id, endpoint_id, message_id, status, due_at, created_at)
      select $1, $2, id, 'pending', $3, $3 from message
      """;

  final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
  final WebhookSettings settings = WebhookSettingsOf.values(Map.of());
  final Pool pool;
  final Transactions transactions;
  final Outbox outbox;
  final Endpoints endpoints;
  final Deliveries deliveries;
  final DeliveryQueue queue;
  final DeliveryOutcomes outcomes;
  final EndpointRemoval removal;

  private final String database;
  private final Vertx vertx = Vertx.vertx();

  OutboxStore() {
    try {
      database = MigratedServer.shared().copy();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    pool =
        Pool.newInstance(
            PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(CONNECTIONS))
                .connectingTo(
                    new PgConnectOptions()
                        .setPort(MigratedServer.shared().port())
                        .setHost("localhost")
                        .setDatabase(database)
                        .setUser("postgres"))
                .using(vertx)
                .build());
    Ids ids = new Ids(clock);
    OutboxSignal signal = new OutboxSignal();
    AuditTrail audit = new AuditTrail(ids, clock);
    EndpointSecrets secrets = new EndpointSecrets(new SecretBox(PlainKeys.of(KEYS)));
    transactions = new Transactions(pool);
    outbox = new Outbox(ids, clock, new ObjectMapper().findAndRegisterModules(), signal);
    endpoints = new Endpoints(pool, transactions, clock, ids, secrets, audit);
    deliveries = new Deliveries(pool, transactions, clock, outbox, signal);
    queue = new DeliveryQueue(pool, clock, settings);
    removal = new EndpointRemoval(pool, transactions, clock, audit);
    outcomes =
        new DeliveryOutcomes(
            pool, transactions, clock, new EndpointSwitchOff(clock, audit, outbox), CONNECTIONS);
  }

  <T> T run(Uni<T> work) {
    return work.await().atMost(PATIENCE);
  }

  static Caller caller(TenantId tenant) {
    return new Caller(tenant, "tester", Optional.empty());
  }

  EndpointId endpoint(TenantId tenant) {
    return run(endpoints.create(
            caller(tenant), "https://x.example/", Optional.empty(), Optional.empty()))
        .endpoint()
        .id();
  }

  /** Switches it on or off, as its tenant does. */
  void enable(TenantId tenant, EndpointId endpoint, boolean enabled) {
    run(
        endpoints.update(
            caller(tenant),
            endpoint,
            new Endpoints.Changes(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(enabled))));
  }

  /** So many messages to that endpoint, due now. */
  void fill(TenantId tenant, EndpointId endpoint, int messages) {
    run(
        pool.preparedQuery(FILL)
            .execute(
                Tuple.of(
                    tenant.value(),
                    endpoint.uuid(),
                    clock.instant().atOffset(ZoneOffset.UTC),
                    messages)));
  }

  /** The endpoint's row. */
  Row row(EndpointId endpoint) {
    return run(pool.preparedQuery("select * from webhook_endpoint where id = $1")
            .execute(Tuple.of(endpoint.uuid())))
        .iterator()
        .next();
  }

  /** How many deliveries to the endpoint have that status. */
  long count(EndpointId endpoint, String status) {
    return run(pool.preparedQuery(
                "select count(*) from webhook_delivery where endpoint_id = $1 and status = $2")
            .execute(Tuple.of(endpoint.uuid(), status)))
        .iterator()
        .next()
        .getLong(0);
  }

  @Override
  public void close() {
    pool.closeAndAwait();
    vertx.close();
    try {
      MigratedServer.shared().drop(database);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
