package ai.pathbound.identities.webhook.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.webhook.Receiver;
import ai.pathbound.identities.webhook.Receiver.Received;
import ai.pathbound.identities.webhook.WebhookClient;
import ai.pathbound.identities.webhook.WebhookClient.Made;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A dead endpoint, one that hangs, and one that is quick, each with thousands of messages; {@code
 * -Didentities.messages=…} for another number. And slow endpoints of one tenant beside a quick one
 * of another.
 */
@QuarkusTest
@Tag("faults")
class FairSendingTest {
  private static final int MESSAGES = Integer.getInteger("identities.messages", 5_000);
  private static final int WARM_UP = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * How much longer it may take beside the others: what the dead one's attempts cost the machine,
   * and not what they would cost if the quick one waited for any of them, or had fewer slots.
   */
  private static final double NOT_SLOWED = 2;

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

  @Inject Pool pool;
  @Inject Clock clock;

  private static final String SETTLED =
      "select count(*) from webhook_delivery where tenant_id = $1 and attempts <> '[]'";

  private void fill(WebhookClient client, Made endpoint, int messages) {
    UUID id = EndpointId.parse(endpoint.id()).orElseThrow().uuid();
    OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
    pool.preparedQuery(FILL)
        .execute(Tuple.of(client.client().tenant(), id, now, messages))
        .await()
        .atMost(PATIENCE);
  }

  private static Duration untilCame(Receiver receiver, int messages) {
    long begun = System.nanoTime();
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> receiver.count() >= messages);
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
    try (Receiver quick = new Receiver();
        Receiver hanging = new Receiver()) {
      hanging.answer(Receiver.Answer.status(0));
      Receiver closed = new Receiver();
      String nobody = closed.url("/");
      closed.close();
      WebhookClient client = WebhookClient.ofNewTenant();
      fill(client, client.endpoint(hanging.url("/")), MESSAGES);
      fill(client, client.endpoint(nobody), MESSAGES);
      Made quickOne = client.endpoint(quick.url("/"));
      fill(client, quickOne, MESSAGES);
      Duration beside = untilCame(quick, MESSAGES);
      System.out.println(
          "[FAIR] " + MESSAGES + " messages: alone " + alone + ", beside the others " + beside);
      assertTrue(
          beside.toNanos() <= NOT_SLOWED * alone.toNanos(),
          "alone " + alone + ", beside the others " + beside);
      assertEquals(MESSAGES, quick.received().stream().map(Received::id).distinct().count());
      // Its bound, and no more: the rest waits without a place.
      assertTrue(hanging.count() <= 8 * 2, "hanging: " + hanging.count());
      client.client().request().get(WebhookClient.ENDPOINTS).then().statusCode(200);
    }
  }

  @Test
  void fourSlowEndpointsOfOneTenantDoNotSlowAnotherTenants() {
    try (Receiver slow = new Receiver();
        Receiver quick = new Receiver()) {
      // They take their time, and are no failures as long as this lasts.
      slow.answer(Receiver.Answer.status(0));
      WebhookClient patient = WebhookClient.ofNewTenant();
      for (int i = 0; i < 4; i++) {
        fill(patient, patient.endpoint(slow.url("/" + i)), 50);
      }
      untilCame(slow, 16);
      WebhookClient client = WebhookClient.ofNewTenant();
      fill(client, client.endpoint(quick.url("/")), WARM_UP);
      Duration beside = untilCame(quick, WARM_UP);
      long settled =
          pool.preparedQuery(SETTLED)
              .execute(Tuple.of(patient.client().tenant()))
              .await()
              .atMost(PATIENCE)
              .iterator()
              .next()
              .getLong(0);
      System.out.println("[FAIR] " + WARM_UP + " beside four slow endpoints: " + beside);
      // Unless their time was over meanwhile, on a very slow machine: they have half of the slots.
      assertTrue(slow.count() <= 16 + settled, slow.count() + " came, " + settled + " are over");
      assertTrue(beside.compareTo(Duration.ofSeconds(15)) < 0, "it waited for them: " + beside);
    }
  }
}
