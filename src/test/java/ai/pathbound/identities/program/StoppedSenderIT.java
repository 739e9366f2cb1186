package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.webhook.Receiver;
import ai.pathbound.identities.webhook.Receiver.Received;
import ai.pathbound.identities.webhook.WebhookClient;
import ai.pathbound.identities.webhook.WebhookClient.Made;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The one that sends is told to stop while an endpoint takes its time. */
@Tag("faults")
class StoppedSenderIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MESSAGES = 6;
  // Whatever an attempt leaves behind.
  private static final String UNTOUCHED =
      """
      select count(*) from webhook_delivery d
      join webhook_endpoint e on e.tenant_id = d.tenant_id and e.id = d.endpoint_id
      where d.status = 'pending' and d.due_at <= now() and d.worker is null and d.tries = 0
        and d.attempts = '[]' and e.failing_since is null
      """;

  private final WebhookClient client =
      new WebhookClient(Client.ofNewTenant().withScope(Tokens.ALL));

  @AfterEach
  void restore() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
  }

  private static Map<String, String> with(ProductionEnvironment surroundings, int slots) {
    Map<String, String> environment = new HashMap<>(surroundings.environment());
    environment.put("IDENTITIES_WEBHOOKS_SLOTS", Integer.toString(slots));
    environment.put("IDENTITIES_WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8,::1/128");
    // Nobody waits for them here.
    environment.put("IDENTITIES_WEBHOOKS_TIMEOUT", "5M");
    environment.put("IDENTITIES_WEBHOOKS_LEASE", "10M");
    return environment;
  }

  private static Set<String> ids(Receiver receiver) {
    return receiver.received().stream().map(Received::id).collect(Collectors.toSet());
  }

  @Test
  void whatItWasSendingIsNoFailedAttemptAndAnotherSendsItAtOnce() throws Exception {
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(Map.of());
        Program keeper = Program.start("stopped-keeper", with(surroundings, 0));
        Receiver receiver = new Receiver()) {
      RestAssured.baseURI = keeper.url();
      receiver.answer(Receiver.Answer.status(0));
      Made endpoint = client.endpoint(receiver.url("/"));
      Set<String> sent = new HashSet<>();
      for (int i = 0; i < MESSAGES; i++) {
        sent.add(client.test(endpoint.id()));
      }
      try (Program sender = Program.start("stopped-sender", with(surroundings, 4))) {
        Awaitility.await().atMost(PATIENCE).until(() -> receiver.count() == 2);
        sender.process().destroy();
        sender.ended();
        assertFalse(sender.log().contains("left to its lease"), sender.log());
        assertFalse(sender.log().contains(" ERROR "), sender.log());
      }
      assertEquals(MESSAGES, surroundings.count(UNTOUCHED));
      assertEquals(2, receiver.count());
      Set<String> begun = ids(receiver);
      receiver.answer(Receiver.Answer.status(204));
      try (Program other = Program.start("stopped-other", with(surroundings, 4))) {
        Awaitility.await().atMost(PATIENCE).until(() -> receiver.count() == MESSAGES + 2);
        Awaitility.await()
            .atMost(PATIENCE)
            .until(
                () ->
                    surroundings.count(
                            "select count(*) from webhook_delivery where status = 'delivered'"
                                + " and tries = 1")
                        == MESSAGES);
        assertFalse(other.log().contains(" ERROR "), other.log());
      }
      assertEquals(sent, ids(receiver));
      List<String> twice =
          receiver.received().stream().map(Received::id).filter(begun::contains).toList();
      assertEquals(4, twice.size(), "those that had begun came again, under their ids");
    }
  }
}
