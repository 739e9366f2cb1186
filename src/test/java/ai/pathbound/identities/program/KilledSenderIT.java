package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.id.MessageId;
import ai.pathbound.identities.webhook.Receiver;
import ai.pathbound.identities.webhook.Receiver.Received;
import ai.pathbound.identities.webhook.WebhookClient;
import ai.pathbound.identities.webhook.WebhookClient.Made;
import io.restassured.RestAssured;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The one that sends is killed again and again, wherever it is between a commit, a send and its
 * mark. {@code -Didentities.kills=…} for another number.
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
  private static final String WRITTEN =
      "select message_id from webhook_delivery d join webhook_endpoint e"
          + " on e.tenant_id = d.tenant_id and e.id = d.endpoint_id where e.enabled";

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
      Made going = client.endpoint(deleted.url("/"));
      int came = -1;
      ArchivedProgram senders = new ArchivedProgram("webhooks-sender");
      write(surroundings, 0);
      try (Program first =
          Program.startBy(senders.archiving(), "webhooks-first", with(surroundings, 4))) {
        Awaitility.await().atMost(PATIENCE).until(() -> receiver.count() > 0);
        first.process().destroy();
        first.ended();
      }
      long begun = System.nanoTime();
      for (int kill = 1; kill <= KILLS; kill++) {
        write(surroundings, kill);
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
          if (kill == KILLS / 2) {
            client.delete(going.id()).then().statusCode(200);
            came = deleted.count();
          }
          sender.signal("KILL");
          sender.process().waitFor();
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
      assertEquals(written(surroundings), bodies.keySet());
      assertTrue(bodies.values().stream().allMatch(body -> body.size() == 1));
      assertTrue(received.stream().allMatch(one -> one.isSignedWith(endpoint.secret())));
      assertEquals(came, deleted.count(), "something came after the delete had answered");
      System.out.printf(
          "[KILLS] %d kills, %d ms each, %d messages, %d arrivals%n",
          KILLS, took / KILLS, bodies.size(), received.size());
    }
  }

  /** Messages in the way that the outbox writes them, many at a time. */
  private void write(ProductionEnvironment surroundings, int round) throws SQLException {
    try (Connection connection = surroundings.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          with message as (
            insert into webhook_message
            select '%1$s', gen_random_uuid(), 'webhook.test', '{"n":"%2$d-' || n || '"}', now()
            from generate_series(1, %3$d) n
            returning id
          )
          insert into webhook_delivery
            (tenant_id, endpoint_id, message_id, status, due_at, created_at)
          select '%1$s', e.id, message.id, 'pending', now(), now()
          from message, webhook_endpoint e where e.enabled
          """
              .formatted(client.client().tenant(), round, PER_KILL));
    }
  }

  private static Set<String> written(ProductionEnvironment surroundings) throws SQLException {
    Set<String> ids = new HashSet<>();
    try (Connection connection = surroundings.owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(WRITTEN)) {
      while (rows.next()) {
        ids.add(new MessageId(rows.getObject(1, UUID.class)).toString());
      }
    }
    return ids;
  }
}
