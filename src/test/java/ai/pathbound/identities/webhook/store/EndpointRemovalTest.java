package ai.pathbound.identities.webhook.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.TenantId;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When it is said that an endpoint is gone, and what is gone with it. */
class EndpointRemovalTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MANY = DeliveryStops.BATCH + 7;

  private final OutboxStore store = new OutboxStore();

  @AfterEach
  void close() {
    store.close();
  }

  private CompletableFuture<Void> remove(EndpointId endpoint) {
    return store.removal.remove(OutboxStore.caller(TENANT), endpoint).subscribeAsCompletionStage();
  }

  private long endpoints(String condition) {
    return store
        .run(
            store
                .pool
                .preparedQuery(
                    "select count(*) from webhook_endpoint where tenant_id = $1 and " + condition)
                .execute(Tuple.of(TENANT.value())))
        .iterator()
        .next()
        .getLong(0);
  }

  private static void isUnderWay(CompletableFuture<Void> removal) {
    assertThrows(TimeoutException.class, () -> removal.get(300, TimeUnit.MILLISECONDS));
  }

  @Test
  void whoAsksAgainIsAnsweredOnceNothingIsOnItsWayToo() {
    EndpointId endpoint = store.endpoint(TENANT);
    store.fill(TENANT, endpoint, 3);
    ClaimedDelivery onItsWay = store.run(store.queue.claim("elsewhere", 1, 1)).get(0);
    CompletableFuture<Void> first = remove(endpoint);
    Awaitility.await().atMost(PATIENCE).until(() -> endpoints("deleted_at is not null") == 1);
    CompletableFuture<Void> second = remove(endpoint);
    isUnderWay(second);
    assertFalse(first.isDone());
    store.run(
        store.outcomes.settle(
            onItsWay,
            new Attempt(store.clock.instant(), Optional.of(200), Duration.ZERO, Optional.empty()),
            Optional.empty()));
    first.join();
    CompletionException refused = assertThrows(CompletionException.class, second::join);
    assertEquals(
        RefusalException.notFound().getMessage(),
        assertInstanceOf(RefusalException.class, refused.getCause()).getMessage());
    assertEquals(0, endpoints("true"));
  }

  @Test
  void oneThatNeverWasIsRefusedAtOnce() {
    CompletableFuture<Void> removal = remove(new EndpointId(UUID.randomUUID()));
    assertInstanceOf(
        RefusalException.class, assertThrows(CompletionException.class, removal::join).getCause());
  }

  @Test
  void allThatWasForItGoesWithItHoweverMuch() {
    EndpointId endpoint = store.endpoint(TENANT);
    store.fill(TENANT, endpoint, MANY);
    remove(endpoint).join();
    assertEquals(0, endpoints("true"));
    assertEquals(0, store.count(endpoint, "pending"));
    assertEquals(0, store.count(endpoint, "failed"));
  }

  @Test
  void whatSomebodyBeganToDeleteIsFinishedHoweverMuchWasForIt() {
    EndpointId endpoint = store.endpoint(TENANT);
    store.fill(TENANT, endpoint, MANY);
    store.run(
        store
            .pool
            .preparedQuery(
                "update webhook_endpoint set enabled = false, disabled_reason = 'deleted',"
                    + " deleted_at = $2 where id = $1")
            .execute(Tuple.of(endpoint.uuid(), store.clock.instant().atOffset(ZoneOffset.UTC))));
    store.clock.advance(Duration.ofMinutes(1));
    store.run(store.removal.removeForgotten(Duration.ofSeconds(30)));
    assertEquals(0, endpoints("true"));
    assertEquals(0, store.count(endpoint, "pending"));
  }
}
