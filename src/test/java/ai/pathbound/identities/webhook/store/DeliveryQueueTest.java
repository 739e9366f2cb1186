package ai.pathbound.identities.webhook.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.webhook.Event;
import ai.pathbound.identities.webhook.EventType;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which messages a dispatcher gets, whatever others have in hand. */
class DeliveryQueueTest {
  private static final TenantId SLOW = new TenantId("slow");
  private static final TenantId QUICK = new TenantId("quick");
  private static final String HERE = "here";
  private static final int SLOTS = 32;

  private final OutboxStore store = new OutboxStore();

  @AfterEach
  void close() {
    store.close();
  }

  private List<ClaimedDelivery> claim(String worker, int free) {
    return store.run(store.queue.claim(worker, free, SLOTS / 2));
  }

  private static long of(List<ClaimedDelivery> claims, TenantId tenant) {
    return claims.stream().filter(claim -> claim.tenant().equals(tenant)).count();
  }

  private List<EndpointId> endpoints(TenantId tenant, int count, int messages) {
    List<EndpointId> made = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      made.add(store.endpoint(tenant));
      store.fill(tenant, made.get(i), messages);
    }
    return made;
  }

  private void settle(ClaimedDelivery claim, Optional<Attempt.Error> error) {
    store.run(
        store.outcomes.settle(
            claim,
            new Attempt(store.clock.instant(), Optional.empty(), Duration.ZERO, error),
            error.map(failed -> store.clock.instant().plus(Duration.ofHours(20)))));
  }

  @Test
  void fourSlowEndpointsOfOneTenantLeaveRoomForAnothers() {
    endpoints(SLOW, 4, 100);
    List<ClaimedDelivery> slow = claim(HERE, SLOTS);
    assertEquals(SLOTS / 2, slow.size(), "one alone gets half of the slots");
    int free = SLOTS - slow.size();
    assertEquals(List.of(), claim(HERE, free), "and no more, however much it has to send");
    endpoints(QUICK, 1, 100);
    List<ClaimedDelivery> quick = claim(HERE, free);
    assertEquals(store.settings.perEndpoint(), of(quick, QUICK));
    assertEquals(0, of(quick, SLOW));
    // One of the slow answers: its tenant still has more than it leaves free.
    settle(slow.get(0), Optional.empty());
    assertEquals(0, of(claim(HERE, free - quick.size() + 1), SLOW));
    // What one replica does is not counted against a tenant at another.
    assertEquals(SLOTS / 2, of(claim("there", SLOTS), SLOW));
  }

  @Test
  void whoeverComesFindsASlotHoweverManyAreSlow() {
    int free = SLOTS;
    for (int tenant = 0; tenant < 5; tenant++) {
      TenantId slow = new TenantId("slow-" + tenant);
      endpoints(slow, 4, 20);
      List<ClaimedDelivery> claims = claim(HERE, free);
      assertTrue(of(claims, slow) > 0, "the " + tenant + "th finds no slot");
      assertEquals(claims.size(), of(claims, slow));
      free -= claims.size();
    }
  }

  @Test
  void aTenantAloneWithOneSlotUsesIt() {
    endpoints(SLOW, 1, 5);
    assertEquals(1, claim(HERE, 1).size());
  }

  @Test
  void tenantsThatComeTogetherShareAndLeaveOneShareFree() {
    endpoints(SLOW, 4, 100);
    endpoints(QUICK, 4, 100);
    List<ClaimedDelivery> claims = claim(HERE, SLOTS);
    assertEquals(of(claims, SLOW), of(claims, QUICK));
    long left = SLOTS - claims.size();
    assertTrue(left >= of(claims, SLOW) - 1 && left > 0, claims.size() + " were claimed");
  }

  @Test
  void ofATenantsEndpointsTheOneWithTheFewestOnTheirWayComesFirst() {
    List<EndpointId> slow = endpoints(SLOW, 2, 100);
    List<ClaimedDelivery> held = claim(HERE, SLOTS);
    assertEquals(SLOTS / 2, held.size());
    EndpointId quick = endpoints(SLOW, 1, 10).get(0);
    settle(held.get(0), Optional.empty());
    List<ClaimedDelivery> next = claim(HERE, SLOTS - held.size() + 1);
    assertEquals(List.of(quick), next.stream().map(ClaimedDelivery::endpoint).toList());
    assertEquals(2, slow.size());
  }

  @Test
  void anEndpointThatNeverAnswersInTimeFailsAndGetsOneAtATime() {
    EndpointId hanging = endpoints(SLOW, 1, 50).get(0);
    List<ClaimedDelivery> held = claim(HERE, SLOTS);
    assertEquals(store.settings.perEndpoint(), held.size());
    held.forEach(claim -> settle(claim, Optional.of(Attempt.Error.TIMEOUT)));
    assertEquals(
        store.clock.instant(), store.row(hanging).getOffsetDateTime("failing_since").toInstant());
    assertEquals(1, claim(HERE, SLOTS).size());
  }

  /** So many tenants, each with one endpoint that fails and has much to get. */
  private List<TenantId> failing(int tenants) {
    List<TenantId> made = new ArrayList<>();
    for (int i = 0; i < tenants; i++) {
      made.add(new TenantId("failing-%02d".formatted(i)));
      endpoints(made.get(i), 1, 50);
    }
    store.run(store.pool.query("update webhook_endpoint set failing_since = now()").execute());
    return made;
  }

  private static Set<TenantId> tenants(List<ClaimedDelivery> claims) {
    return claims.stream().map(ClaimedDelivery::tenant).collect(Collectors.toSet());
  }

  @Test
  void oneThatFailsIsTriedHoweverManyOthersHang() {
    List<TenantId> all = failing(SLOTS / 2 + 1);
    List<ClaimedDelivery> first = claim(HERE, SLOTS);
    assertEquals(SLOTS / 2, first.size(), "those that fail share half of the slots");
    TenantId last = all.get(SLOTS / 2);
    assertEquals(0, of(first, last));
    // One gives up, and has more to get: it is not its turn.
    settle(first.get(2), Optional.of(Attempt.Error.TIMEOUT));
    List<ClaimedDelivery> next = store.run(store.queue.claim(HERE, SLOTS / 2 + 1, 1));
    assertEquals(List.of(last), next.stream().map(ClaimedDelivery::tenant).toList());
  }

  @Test
  void thoseThatFailAreAllTriedBeforeAnyIsTriedAgain() {
    List<TenantId> all = failing(SLOTS + 3);
    Set<TenantId> tried = new HashSet<>();
    for (int round = 0; round < 3; round++) {
      List<ClaimedDelivery> claims = claim(HERE, SLOTS);
      assertEquals(SLOTS / 2, claims.size());
      if (round < 2) {
        assertTrue(tenants(claims).stream().noneMatch(tried::contains), "one is tried again");
      }
      tried.addAll(tenants(claims));
      claims.forEach(claim -> settle(claim, Optional.of(Attempt.Error.TIMEOUT)));
    }
    assertEquals(Set.copyOf(all), tried);
  }

  @Test
  void aTenantWithoutASlotLeavesTheTurnToTheNextThatFails() {
    TenantId busy = new TenantId("busy");
    endpoints(busy, 3, 100);
    List<ClaimedDelivery> held = claim(HERE, SLOTS);
    List<TenantId> others = failing(2);
    EndpointId dead = endpoints(busy, 1, 5).get(0);
    store.run(
        store
            .pool
            .preparedQuery(
                "update webhook_endpoint set failing_since = case when id = $1 or"
                    + " tenant_id <> $2 then now() end")
            .execute(Tuple.of(dead.uuid(), busy.value())));
    int free = 4;
    assertTrue(held.size() > free);
    List<ClaimedDelivery> next = store.run(store.queue.claim(HERE, free, 1));
    assertEquals(1, next.size());
    assertTrue(others.contains(next.get(0).tenant()), "the turn is held up by a busy tenant");
  }

  @Test
  void whatWasWrittenWhileItsEndpointWasSwitchedOffIsNotCountedAndIsLetGo() {
    EndpointId endpoint = store.endpoint(SLOW);
    CompletableFuture<Void> written = new CompletableFuture<>();
    CompletableFuture<Void> switchedOff = new CompletableFuture<>();
    CompletableFuture<Void> change =
        store
            .transactions
            .run(
                tx ->
                    store
                        .outbox
                        .publish(
                            tx.statements(),
                            SLOW,
                            Event.of(EventType.LOGIN_FAILED).status("failed"))
                        .invoke(() -> written.complete(null))
                        .call(
                            () -> io.smallrye.mutiny.Uni.createFrom().completionStage(switchedOff)))
            .subscribeAsCompletionStage();
    written.join();
    store.enable(SLOW, endpoint, false);
    switchedOff.complete(null);
    change.join();

    assertEquals(1, store.count(endpoint, "pending"), "the two saw each other: nothing is shown");
    assertEquals(List.of(), claim(HERE, SLOTS));
    store.clock.advance(Duration.ofHours(1));
    DeliveryQueue.Depth depth = store.run(store.queue.depth());
    assertEquals(0, depth.waiting());
    assertEquals(Duration.ZERO, depth.overdue());
    assertEquals(1, store.run(store.queue.letGo()));
    assertEquals(1, store.count(endpoint, "failed"));
    assertEquals(0, store.run(store.queue.letGo()));
    store.enable(SLOW, endpoint, true);
    assertEquals(List.of(), claim(HERE, SLOTS));
    assertEquals(
        1,
        store.run(
            store.deliveries.recover(SLOW, endpoint, store.clock.instant().minusSeconds(7200))));
    assertEquals(1, claim(HERE, SLOTS).size());
  }

  @Test
  void anEndpointThatHasAllItMayHaveOnItsWayIsLateByItself() {
    endpoints(SLOW, 1, 20);
    assertEquals(store.settings.perEndpoint(), claim(HERE, SLOTS).size());
    store.clock.advance(Duration.ofMinutes(10));
    assertEquals(12, store.run(store.queue.depth()).waiting());
    assertEquals(Duration.ZERO, store.run(store.queue.depth()).overdue());
    // This one nobody sends anything to.
    endpoints(QUICK, 1, 1);
    store.clock.advance(Duration.ofMinutes(2));
    assertEquals(Duration.ofMinutes(2), store.run(store.queue.depth()).overdue());
  }

  @Test
  void whatAKilledReplicaWasSendingFailsWhereItsEndpointIsSwitchedOff() {
    EndpointId off = endpoints(SLOW, 1, 3).get(0);
    EndpointId on = endpoints(QUICK, 1, 3).get(0);
    assertEquals(6, claim("killed", SLOTS).size());
    store.enable(SLOW, off, false);
    store.run(store.queue.giveBack("killed"));
    assertEquals(6, store.run(store.queue.rescue()));
    assertEquals(3, store.count(off, "failed"));
    assertEquals(3, store.count(on, "pending"));
    assertEquals(3, store.run(store.queue.depth()).waiting());
    Map<EndpointId, Long> claimed = new HashMap<>();
    claimed.putAll(
        claim(HERE, SLOTS).stream()
            .collect(Collectors.groupingBy(ClaimedDelivery::endpoint, Collectors.counting())));
    assertEquals(Map.of(on, 3L), claimed);
    assertNull(store.row(on).getOffsetDateTime("failing_since"));
  }
}
