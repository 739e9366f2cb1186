package ai.pathbound.identities.webhook.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.webhook.store.Endpoint.DisabledReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What concerns all messages of an endpoint is done some at a time, and of none is forgotten. */
class LongQueueTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final int BATCH = 10;
  private static final int WAITING = 3 * BATCH + 4;

  private final OutboxStore store = new OutboxStore();
  private EndpointId endpoint;

  @BeforeEach
  void aQueue() {
    endpoint = store.endpoint(TENANT);
    store.fill(TENANT, endpoint, WAITING);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void stop() {
    store.run(DeliveryStops.stop(store.pool, TENANT, endpoint, store.clock.instant(), BATCH));
  }

  @Test
  void whatWaitsIsLetGoButNotWhatIsOnItsWay() {
    int onTheirWay = store.run(store.queue.claim("elsewhere", 4, 4)).size();
    store.run(
        store
            .pool
            .query("update webhook_endpoint set enabled = false, disabled_reason = 'switched_off'")
            .execute());
    stop();
    assertEquals(2, onTheirWay);
    assertEquals(WAITING - onTheirWay, store.count(endpoint, "failed"));
    assertEquals(onTheirWay, store.count(endpoint, "pending"));
  }

  @Test
  void nothingIsLetGoOfAnEndpointThatWasSwitchedOnAgain() {
    stop();
    assertEquals(WAITING, store.count(endpoint, "pending"));
  }

  @Test
  void anEndpointThatIsGoneIsSwitchedOffHoweverMuchWaitsForIt() {
    store.fill(TENANT, endpoint, DeliveryStops.BATCH);
    ClaimedDelivery claim = store.run(store.queue.claim("worker", 1, 1)).get(0);
    store.run(
        store.outcomes.settleAndSwitchOff(
            claim,
            new Attempt(
                store.clock.instant(),
                Optional.of(410),
                Duration.ZERO,
                Optional.of(Attempt.Error.STATUS_NOT_2XX)),
            Optional.empty(),
            DisabledReason.GONE,
            Optional.empty()));
    assertFalse(store.row(endpoint).getBoolean("enabled"));
    assertEquals(0, store.count(endpoint, "pending"));
    assertEquals(WAITING + DeliveryStops.BATCH, store.count(endpoint, "failed"));
  }

  @Test
  void allThatDidNotArriveSinceThenIsRecoveredEachOnce() {
    Instant first = store.clock.instant();
    store.clock.advance(Duration.ofHours(1));
    Instant since = store.clock.instant();
    store.fill(TENANT, endpoint, WAITING);
    store.clock.advance(Duration.ofHours(1));
    store.fill(TENANT, endpoint, WAITING);
    store.enable(TENANT, endpoint, false);
    store.enable(TENANT, endpoint, true);
    assertEquals(3 * WAITING, store.count(endpoint, "failed"));
    assertEquals(2 * WAITING, store.run(store.deliveries.recover(TENANT, endpoint, since, BATCH)));
    assertEquals(2 * WAITING, store.count(endpoint, "pending"));
    assertEquals(WAITING, store.count(endpoint, "failed"));
    assertEquals(3 * WAITING, store.run(store.deliveries.recover(TENANT, endpoint, first, BATCH)));
    assertEquals(0, store.count(endpoint, "failed"));
  }

  @Test
  void whatArrivedIsNotRecovered() {
    List<ClaimedDelivery> claims = store.run(store.queue.claim("worker", 8, 8));
    claims.forEach(
        claim ->
            store.run(
                store.outcomes.settle(
                    claim,
                    new Attempt(
                        store.clock.instant(), Optional.of(204), Duration.ZERO, Optional.empty()),
                    Optional.empty())));
    assertEquals(
        WAITING - claims.size(),
        store.run(store.deliveries.recover(TENANT, endpoint, store.clock.instant(), BATCH)));
    assertEquals(claims.size(), store.count(endpoint, "delivered"));
  }

  @Test
  void anotherUrlHasNotFailedYet() {
    ClaimedDelivery claim = store.run(store.queue.claim("worker", 1, 1)).get(0);
    store.run(
        store.outcomes.settle(
            claim,
            new Attempt(
                store.clock.instant(),
                Optional.empty(),
                Duration.ZERO,
                Optional.of(Attempt.Error.TIMEOUT)),
            Optional.of(store.clock.instant().plusSeconds(60))));
    change("https://x.example/");
    assertEquals(
        store.clock.instant(), store.row(endpoint).getOffsetDateTime("failing_since").toInstant());
    change("https://y.example/");
    assertNull(store.row(endpoint).getOffsetDateTime("failing_since"));
  }

  private void change(String url) {
    store.run(
        store.endpoints.update(
            OutboxStore.caller(TENANT),
            endpoint,
            new Endpoints.Changes(
                Optional.of(url), Optional.empty(), Optional.empty(), Optional.empty())));
  }
}
