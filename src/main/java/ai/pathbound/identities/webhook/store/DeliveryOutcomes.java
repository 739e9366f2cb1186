package ai.pathbound.identities.webhook.store;

import ai.pathbound.identities.concurrency.Bulkhead;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.webhook.store.Endpoint.DisabledReason;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * What a dispatcher writes of the messages it holds. The statement names epoch and worker, so a
 * dispatcher that was thought dead writes nothing.
 */
@ApplicationScoped
public class DeliveryOutcomes {
  private static final Logger LOG = Logger.getLogger(DeliveryOutcomes.class);

  /** How many attempts of one message at one endpoint are kept: those of several rounds. */
  private static final int KEPT = 50;

  // The endpoint's row is written only where it begins to fail, or works again; a fault of ours
  // says neither.
  private static final String SETTLE =
      """
      with endpoint as (
        select enabled from webhook_endpoint where tenant_id = $1 and id = $2
      ), settled as (
        update webhook_delivery d set
          status = case when $6::boolean then 'delivered'
            when $7::timestamptz is not null and endpoint.enabled then 'pending'
            else 'failed' end,
          due_at = case when not $6::boolean and endpoint.enabled then $7::timestamptz end,
          finished_at = case when $6::boolean or $7::timestamptz is null or not endpoint.enabled
            then $8::timestamptz end,
          worker = null, lease_until = null, tries = d.tries + 1,
          attempts = case when jsonb_array_length(d.attempts) >= $10 then d.attempts - 0
            else d.attempts end || $9::jsonb
        from endpoint
        where d.tenant_id = $1 and d.endpoint_id = $2 and d.message_id = $3
          and d.epoch = $4 and d.worker = $5
        returning d.status
      ), health as (
        update webhook_endpoint w set
          failing_since = case when $6::boolean then null else $8::timestamptz end
        where w.tenant_id = $1 and w.id = $2 and (w.failing_since is null) <> $6::boolean
          and exists (select 1 from settled) and not $11::boolean
      )
      select status from settled
      """;

  private final Pool pool;
  private final Transactions transactions;
  private final Clock clock;
  private final EndpointSwitchOff switchOff;
  // A quarter of the connections: half is the logins', the rest is the API's.
  private final Bulkhead bulkhead;

  DeliveryOutcomes(
      Pool pool,
      Transactions transactions,
      Clock clock,
      EndpointSwitchOff switchOff,
      @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int connections) {
    this.pool = pool;
    this.transactions = transactions;
    this.clock = clock;
    this.switchOff = switchOff;
    this.bulkhead = new Bulkhead(Math.max(1, connections / 4));
  }

  /**
   * The message arrived, or did not.
   *
   * @param next when to try again; empty where it arrived or is given up
   * @return the delivery's status then; empty where this replica had lost it
   */
  public Uni<Optional<String>> settle(
      ClaimedDelivery held, Attempt attempt, Optional<Instant> next) {
    return bulkhead.run(() -> settle(pool, held, attempt, next));
  }

  /**
   * The same, after which the endpoint is switched off, and the tenant's others are told.
   *
   * @param failingSince switch it off only where it does nothing but fail at least since then
   */
  public Uni<Optional<String>> settleAndSwitchOff(
      ClaimedDelivery held,
      Attempt attempt,
      Optional<Instant> next,
      DisabledReason reason,
      Optional<Instant> failingSince) {
    return bulkhead
        .run(
            () ->
                transactions.run(
                    tx ->
                        settle(tx.connection(), held, attempt, next)
                            .call(
                                status ->
                                    status.isEmpty()
                                        ? Uni.createFrom().voidItem()
                                        : switchOff.run(tx, held, reason, failingSince))))
        .call(status -> status.isEmpty() ? Uni.createFrom().voidItem() : letGo(held));
  }

  /** What waits for it, where it is switched off; what is left of it, retention lets go. */
  private Uni<Void> letGo(ClaimedDelivery held) {
    return DeliveryStops.stop(pool, held.tenant(), held.endpoint(), clock.instant())
        .onFailure()
        .invoke(failure -> LOG.debugf("what waits for %s is let go later: %s", held, failure))
        .onFailure()
        .recoverWithNull();
  }

  private Uni<Optional<String>> settle(
      SqlClient client, ClaimedDelivery held, Attempt attempt, Optional<Instant> next) {
    Instant now = clock.instant();
    return client
        .preparedQuery(SETTLE)
        .execute(
            Tuple.tuple()
                .addValue(held.tenant().value())
                .addValue(held.endpoint().uuid())
                .addValue(held.message().uuid())
                .addValue(held.epoch())
                .addValue(held.worker())
                .addValue(attempt.error().isEmpty())
                .addValue(next.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null))
                .addValue(now.atOffset(ZoneOffset.UTC))
                .addValue(new JsonArray().add(attempt.json()))
                .addValue(KEPT)
                .addValue(attempt.error().filter(Attempt.Error::isOurs).isPresent()))
        .map(
            rows ->
                rows.size() == 0
                    ? Optional.empty()
                    : Optional.of(rows.iterator().next().getString(0)));
  }
}
