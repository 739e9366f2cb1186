package ai.pathbound.identities.webhook.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.webhook.Receiver;
import ai.pathbound.identities.webhook.Receiver.Received;
import ai.pathbound.identities.webhook.WebhookClient;
import ai.pathbound.identities.webhook.WebhookClient.Made;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A dead endpoint, one that hangs, and one that is quick, each with thousands of messages; {@code
 * -Didentities.messages=…} for another number. And slow endpoints of one tenant beside a quick one
 * of another.
 *
 * <p>What is judged holds on a machine of any speed: attempts at what hangs last longer than the
 * test does, so whatever waited for one of them, or for its place, would never come. How long it
 * took is printed.
 */
@QuarkusTest
@TestProfile(FairSendingTest.EndlessPatience.class)
@Tag("faults")
class FairSendingTest {
  /** An attempt ends with its answer only. */
  public static final class EndlessPatience implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("identities.webhooks.timeout", "1H", "identities.webhooks.lease", "2H");
    }
  }

  private static final int MESSAGES = Integer.getInteger("identities.messages", 5_000);
  private static final int WARM_UP = 1_000;
  private static final int LOOKS = 10;
  private static final int PER_ENDPOINT = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

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
  private static final String ON_ITS_WAY =
      "select count(*) from webhook_delivery where endpoint_id = $1 and lease_until is not null";
  private static final String TRIED =
      "select count(*) from webhook_delivery where endpoint_id = $1 and attempts <> '[]'";

  @Inject Pool pool;
  @Inject Clock clock;

  private void fill(WebhookClient client, Made endpoint, int messages) {
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    pool.preparedQuery(FILL)
        .execute(Tuple.of(client.client().tenant(), uuid(endpoint), now, messages))
        .await()
        .atMost(PATIENCE);
  }

  private long count(String sql, Made endpoint) {
    return pool.preparedQuery(sql)
        .execute(Tuple.of(uuid(endpoint)))
        .await()
        .atMost(PATIENCE)
        .iterator()
        .next()
        .getLong(0);
  }

  private static UUID uuid(Made endpoint) {
    return EndpointId.parse(endpoint.id()).orElseThrow().uuid();
  }

  private static void until(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
  }

  private static Duration untilCame(Receiver receiver, int messages) {
    long begun = System.nanoTime();
    until(() -> receiver.count() >= messages);
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  @Test
  void theQuickOneGetsItsOwnAtFullSpeedBesideTheOthers() {
    Duration alone;
    // The first seconds of a program are its slowest: what is compared comes after them.
    try (Receiver warm = new Receiver()) {
      WebhookClient client = WebhookClient.ofNewTenant();
      fill(client, client.endpoint(warm.url("/")), WARM_UP);
      untilCame(warm, WARM_UP);
    }
    try (Receiver quick = new Receiver()) {
      WebhookClient client = WebhookClient.ofNewTenant();
      fill(client, client.endpoint(quick.url("/")), MESSAGES);
      alone = untilCame(quick, MESSAGES);
    }
    WebhookClient client = WebhookClient.ofNewTenant();
    try (Receiver quick = new Receiver();
        Receiver hanging = new Receiver()) {
      hanging.answer(Receiver.Answer.status(0));
      Receiver closed = new Receiver();
      String nobody = closed.url("/");
      closed.close();
      Made stuck = client.endpoint(hanging.url("/"));
      fill(client, stuck, MESSAGES);
      Made dead = client.endpoint(nobody);
      fill(client, dead, MESSAGES);
      until(() -> hanging.held() == PER_ENDPOINT && count(TRIED, dead) > 0);
      Made quickOne = client.endpoint(quick.url("/"));
      fill(client, quickOne, MESSAGES);
      long begun = System.nanoTime();
      long held = 0;
      for (int look = 1; look <= LOOKS; look++) {
        // Half of them are left for the last look.
        int come = MESSAGES * look / (2 * LOOKS);
        until(() -> quick.count() >= come);
        // All that may be on its way to it at a time is, whatever the others have.
        long since = System.nanoTime();
        quick.hold();
        until(() -> quick.held() == PER_ENDPOINT);
        until(() -> count(ON_ITS_WAY, dead) <= 1);
        quick.letGo();
        held += System.nanoTime() - since;
      }
      untilCame(quick, MESSAGES);
      Duration beside = Duration.ofNanos(System.nanoTime() - begun - held);
      System.out.println(
          "[FAIR] " + MESSAGES + " messages: alone " + alone + ", beside the others " + beside);
      assertEquals(MESSAGES, quick.received().stream().map(Received::id).distinct().count());
      assertEquals(PER_ENDPOINT, hanging.count(), "its bound, and no more");
      assertEquals(0, count(TRIED, stuck), "it hung from the first to the last");
      client.client().request().get(WebhookClient.ENDPOINTS).then().statusCode(200);
      List.of(stuck, dead, quickOne)
          .forEach(endpoint -> client.delete(endpoint.id()).then().statusCode(200));
    }
  }

  @Test
  void fourSlowEndpointsOfOneTenantDoNotSlowAnotherTenants() {
    WebhookClient patient = WebhookClient.ofNewTenant();
    try (Receiver slow = new Receiver();
        Receiver quick = new Receiver()) {
      slow.answer(Receiver.Answer.status(0));
      List<Made> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(patient.endpoint(slow.url("/" + i)));
        fill(patient, all.get(i), 50);
      }
      // Half of the slots.
      untilCame(slow, 2 * PER_ENDPOINT);
      WebhookClient client = WebhookClient.ofNewTenant();
      fill(client, client.endpoint(quick.url("/")), WARM_UP);
      Duration beside = untilCame(quick, WARM_UP);
      System.out.println("[FAIR] " + WARM_UP + " beside four slow endpoints: " + beside);
      assertEquals(2 * PER_ENDPOINT, slow.count(), "more than half of the slots");
      all.forEach(endpoint -> assertEquals(0, count(TRIED, endpoint)));
      all.forEach(endpoint -> patient.delete(endpoint.id()).then().statusCode(200));
    }
  }
}
