package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.webhook.Receiver;
import ai.pathbound.identities.webhook.Receiver.Received;
import ai.pathbound.identities.webhook.WebhookClient;
import ai.pathbound.identities.webhook.WebhookClient.Made;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The one that sends is killed again and again, wherever it is between a commit, a send and its
 * mark; each time an endpoint is deleted, before it dies or after. How often is a matter of time, a
 * few seconds each: {@code -Didentities.kills=200} is the whole proof, for a change of the sender
 * and for a release.
 */
@Tag("faults")
class KilledSenderIT {
  private static final int KILLS = Integer.getInteger("identities.kills", 25);
  private static final int PER_KILL = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  // Most messages are left to the last one.
  private static final Duration REST = Duration.ofMinutes(5);
  private static final String LEFT =
      "select count(*) from webhook_delivery where status = 'pending'";

  private final WebhookClient client =
      new WebhookClient(Client.ofNewTenant().withScope(Tokens.ALL));
  private final Random random = new Random(20260429);

  @AfterEach
  void restore() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
  }

  private static Map<String, String> with(ProductionEnvironment surroundings, int slots) {
    Map<String, String> environment = new HashMap<>(surroundings.environment());
    environment.put("IDENTITIES_WEBHOOKS_SLOTS", Integer.toString(slots));
    environment.put("IDENTITIES_WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128");
    environment.put("IDENTITIES_WEBHOOKS_TIMEOUT", "1s");
    environment.put("IDENTITIES_WEBHOOKS_LEASE", "2s");
    environment.put("IDENTITIES_WEBHOOKS_POLL_INTERVAL", "200ms");
    return environment;
  }

  @Test
  void everyMessageArrivesUnderItsOneIdHoweverOftenTheSenderIsKilled() throws Exception {
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(Map.of());
        Program keeper = Program.start("webhooks-keeper", with(surroundings, 0));
        Receiver receiver = new Receiver();
        Receiver deleted = new Receiver()) {
      RestAssured.baseURI = keeper.url();
      Made endpoint = client.endpoint(receiver.url("/"));
      OutboxRows outbox = new OutboxRows(surroundings.owner());
      String tenant = client.client().tenant();
      Map<String, Long> came = new HashMap<>();
      ArchivedProgram senders = new ArchivedProgram("webhooks-sender");
      outbox.write(tenant, 0, PER_KILL);
      try (Program first =
          Program.startBy(senders.archiving(), "webhooks-first", with(surroundings, 4))) {
        Awaitility.await().atMost(PATIENCE).until(() -> receiver.count() > 0);
        first.process().destroy();
        first.ended();
      }
      long begun = System.nanoTime();
      for (int kill = 1; kill <= KILLS; kill++) {
        String path = "/" + kill;
        Made going = client.endpoint(deleted.url(path));
        outbox.write(tenant, kill, PER_KILL);
        int before = receiver.count();
        try (Program sender =
            Program.startBy(
                senders.archived(), "webhooks-sender-" + kill % 2, with(surroundings, 4))) {
          // In the midst of it: some have arrived, by far not all.
          Awaitility.await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(2))
              .until(() -> receiver.count() > before);
          TimeUnit.MICROSECONDS.sleep(random.nextInt(60_000));
          if (kill % 2 == 0) {
            client.delete(going.id()).then().statusCode(200);
            came.put(path, came(deleted, path));
          }
          sender.signal("KILL");
          sender.process().waitFor();
          if (kill % 2 == 1) {
            client.delete(going.id()).then().statusCode(200);
            came.put(path, came(deleted, path));
          }
        }
      }
      long took = Duration.ofNanos(System.nanoTime() - begun).toMillis();
      try (Program last = Program.start("webhooks-last", with(surroundings, 32))) {
        Awaitility.await().atMost(REST).until(() -> surroundings.count(LEFT) == 0);
        assertTrue(last.process().isAlive());
      }
      List<Received> received = receiver.received();
      Map<String, Set<String>> bodies =
          received.stream()
              .collect(
                  Collectors.groupingBy(
                      Received::id, Collectors.mapping(Received::body, Collectors.toSet())));
      assertEquals(outbox.written(), bodies.keySet());
      assertTrue(bodies.values().stream().allMatch(body -> body.size() == 1));
      assertTrue(received.stream().allMatch(one -> one.isSignedWith(endpoint.secret())));
      came.forEach(
          (path, before) ->
              assertEquals(
                  before, came(deleted, path), "something came after the delete had answered"));
      assertEquals(KILLS, came.size());
      assertTrue(deleted.count() > 0, "nothing was on its way to any that was deleted");
      System.out.printf(
          "[KILLS] %d kills, %d ms each, %d messages, %d arrivals%n",
          KILLS, took / KILLS, bodies.size(), received.size());
    }
  }

  private static long came(Receiver receiver, String path) {
    return receiver.received().stream().filter(one -> one.path().equals(path)).count();
  }
}
