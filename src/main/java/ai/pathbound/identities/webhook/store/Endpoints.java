package ai.pathbound.identities.webhook.store;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.id.Ids;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A tenant's endpoints: made, read and changed; each change stands in the trail. */
@ApplicationScoped
public class Endpoints {
  /** How many a tenant may have. */
  public static final int MOST = 10;

  static final String COLUMNS =
      "id, url, events, description, enabled, disabled_reason, created_at, updated_at";
  private static final String ALL =
      "select " + COLUMNS + " from webhook_endpoint where tenant_id = $1 and deleted_at is null";
  static final String ONE = ALL + " and id = $2";
  // Those who make endpoints for one tenant take turns, or each would find one place left.
  private static final String TAKE_TURNS =
      "select pg_advisory_xact_lock(hashtextextended('webhook_endpoint ' || $1, 0))";
  private static final String COUNT =
      "select count(*) from webhook_endpoint where tenant_id = $1 and deleted_at is null";
  private static final String INSERT =
      """
      insert into webhook_endpoint
        (tenant_id, id, url, events, description, secret_sealed, created_at, updated_at)
      values ($1, $2, $3, $4, $5, $6, $7, $7)
      returning
      """
          + COLUMNS;
  private static final String UPDATE =
      """
      update webhook_endpoint set
        url = coalesce($3, url),
        events = case when cardinality($4::text[]) = 0 then null else coalesce($4, events) end,
        description = case when $5::boolean then $6 else description end,
        enabled = coalesce($7, enabled),
        disabled_reason = case when $7::boolean then null
          when not $7::boolean and enabled then 'switched_off' else disabled_reason end,
        failing_since = case when $7::boolean and not enabled or url <> $3 then null
          else failing_since end,
        updated_at = $8
      where tenant_id = $1 and id = $2 and deleted_at is null
      returning
      """
          + COLUMNS;
  private final Pool pool;
  private final Transactions transactions;
  private final Clock clock;
  private final Ids ids;
  private final EndpointSecrets secrets;
  private final AuditTrail audit;

  Endpoints(
      Pool pool,
      Transactions transactions,
      Clock clock,
      Ids ids,
      EndpointSecrets secrets,
      AuditTrail audit) {
    this.pool = pool;
    this.transactions = transactions;
    this.clock = clock;
    this.ids = ids;
    this.secrets = secrets;
    this.audit = audit;
  }

  /**
   * An endpoint and its new secret, which no later call returns.
   *
   * @param endpoint as it is now
   * @param secret what its messages are signed with from now on
   */
  public record WithSecret(Endpoint endpoint, Secret secret) {}

  /**
   * What an update names.
   *
   * @param url another URL
   * @param events other events; none: all, also those that come later
   * @param description another text; an empty one takes it away
   * @param enabled whether messages are sent
   */
  public record Changes(
      Optional<String> url,
      Optional<List<String>> events,
      Optional<String> description,
      Optional<Boolean> enabled) {}

  /** The tenant's endpoints, oldest first. */
  public Uni<List<Endpoint>> all(TenantId tenant) {
    return pool.preparedQuery(ALL + " order by id")
        .execute(Tuple.of(tenant.value()))
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(Endpoint::of).toList());
  }

  /** One of them; refuses with {@code not_found}. */
  public Uni<Endpoint> require(TenantId tenant, EndpointId endpoint) {
    return pool.preparedQuery(ONE)
        .execute(Tuple.of(tenant.value(), endpoint.uuid()))
        .map(Endpoints::required);
  }

  /** Makes one; refuses with {@code too_many_endpoints}. */
  public Uni<WithSecret> create(
      Caller caller, String url, Optional<List<String>> events, Optional<String> description) {
    TenantId tenant = caller.tenant();
    EndpointId endpoint = ids.endpoint();
    Secret secret = secrets.make();
    return transactions.run(
        tx ->
            tx.connection()
                .preparedQuery(TAKE_TURNS)
                .execute(Tuple.of(tenant.value()))
                .flatMap(
                    turn -> tx.connection().preparedQuery(COUNT).execute(Tuple.of(tenant.value())))
                .invoke(rows -> requireRoom(rows.iterator().next().getLong(0)))
                .flatMap(
                    room ->
                        tx.connection()
                            .preparedQuery(INSERT)
                            .execute(
                                Tuple.tuple()
                                    .addValue(tenant.value())
                                    .addValue(endpoint.uuid())
                                    .addValue(url)
                                    .addValue(array(events))
                                    .addValue(description.orElse(null))
                                    .addValue(secrets.seal(secret, tenant, endpoint))
                                    .addValue(now())))
                .map(Endpoints::required)
                .call(made -> audited(tx, caller, Action.ENDPOINT_CREATED, endpoint))
                .map(made -> new WithSecret(made, secret)));
  }

  private static void requireRoom(long already) {
    if (already >= MOST) {
      throw RefusalException.of(
          RefusalException.Kind.CONFLICT,
          "too_many_endpoints",
          "A tenant has " + MOST + " webhook endpoints at most. Delete one first.");
    }
  }

  /** Changes what is named; refuses with {@code not_found}. */
  public Uni<Endpoint> update(Caller caller, EndpointId endpoint, Changes changes) {
    return transactions
        .run(
            tx ->
                tx.connection()
                    .preparedQuery(UPDATE)
                    .execute(
                        key(caller, endpoint)
                            .addValue(changes.url().orElse(null))
                            .addValue(array(changes.events()))
                            .addValue(changes.description().isPresent())
                            .addValue(
                                changes.description().filter(text -> !text.isEmpty()).orElse(null))
                            .addValue(changes.enabled().orElse(null))
                            .addValue(now()))
                    .map(Endpoints::required)
                    .call(changed -> audited(tx, caller, Action.ENDPOINT_UPDATED, endpoint)))
        .call(
            changed ->
                changed.enabled() ? Uni.createFrom().voidItem() : letGo(caller.tenant(), endpoint));
  }

  /** What waits for it, as far as that can be done now; retention lets go the rest. */
  private Uni<Void> letGo(TenantId tenant, EndpointId endpoint) {
    return DeliveryStops.stop(pool, tenant, endpoint, clock.instant())
        .onFailure()
        .recoverWithNull();
  }

  /** Refuses with {@code endpoint_disabled}. */
  static void requireEnabled(Endpoint endpoint) {
    if (!endpoint.enabled()) {
      throw RefusalException.of(
          RefusalException.Kind.CONFLICT,
          "endpoint_disabled",
          "This endpoint is switched off, and nothing is sent to it. Switch it on first.");
    }
  }

  private Uni<Void> audited(Transaction tx, Caller caller, Action action, EndpointId endpoint) {
    return audit.write(tx.statements(), caller, action, endpoint);
  }

  static Endpoint required(RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw RefusalException.notFound();
    }
    return Endpoint.of(rows.iterator().next());
  }

  static Tuple key(Caller caller, EndpointId endpoint) {
    return Tuple.tuple().addValue(caller.tenant().value()).addValue(endpoint.uuid());
  }

  private static String[] array(Optional<List<String>> events) {
    return events.map(names -> names.toArray(String[]::new)).orElse(null);
  }

  private OffsetDateTime now() {
    Instant now = clock.instant();
    return now.atOffset(ZoneOffset.UTC);
  }
}
