package ai.pathbound.identities.program;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.webhook.Receiver;
import ai.pathbound.identities.webhook.Receiver.Received;
import ai.pathbound.identities.webhook.WebhookClient;
import ai.pathbound.identities.webhook.WebhookClient.Made;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The one that sends stands still for longer than its claims last, wherever it is, while the
 * endpoint is deleted; then it wakes up.
 */
@Tag("faults")
class FrozenSenderIT {
  private static final int TIMES = Integer.getInteger("identities.freezes", 10);
  private static final int MESSAGES = 400;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final WebhookClient client =
      new WebhookClient(Client.ofNewTenant().withScope(Tokens.ALL));
  private final Random random = new Random(20260429);

  @AfterEach
  void restore() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
  }

  /** The ids of what came there, in the order in which it came. */
  private static List<String> came(Receiver receiver, String path) {
    return receiver.received().stream()
        .filter(one -> one.path().equals(path))
        .map(Received::id)
        .toList();
  }

  /** Whether each of these is named in the log as perhaps sent after its lease was over. */
  private static boolean isReported(List<String> messages, Program sender) {
    List<String> reports =
        sender.log().lines().filter(line -> line.contains("may have been sent after")).toList();
    return messages.stream()
        .allMatch(message -> reports.stream().anyMatch(line -> line.contains(message)));
  }

  @Test
  void whoWakesUpAfterItsClaimsAreOverSendsNothingToADeletedEndpoint() throws Exception {
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(Map.of());
        Program keeper = Program.start("frozen-keeper", SenderSettings.with(surroundings, 0));
        Program sender = Program.start("frozen-sender", SenderSettings.with(surroundings, 4));
        Receiver receiver = new Receiver()) {
      RestAssured.baseURI = keeper.url();
      OutboxRows outbox = new OutboxRows(surroundings.owner());
      Made proof = client.endpoint(receiver.url("/proof"));
      for (int time = 0; time < TIMES; time++) {
        String path = "/" + time;
        Made going = client.endpoint(receiver.url(path));
        outbox.write(client.client().tenant(), time, MESSAGES);
        Awaitility.await()
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(2))
            .until(() -> !came(receiver, path).isEmpty());
        TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
        sender.signal("STOP");
        client.delete(going.id()).then().statusCode(200);
        int answered = came(receiver, path).size();
        String message = client.test(proof.id());
        sender.signal("CONT");
        // It is awake again once it sends something new, and has done by then what it was about to.
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> receiver.received().stream().anyMatch(one -> one.id().equals(message)));
        List<String> all = came(receiver, path);
        // Between the last look at the clock and the system call nobody can stop it: it says so.
        Awaitility.await("nothing unreported comes after the delete, time " + time)
            .atMost(PATIENCE)
            .until(() -> isReported(all.subList(answered, all.size()), sender));
      }
    }
  }
}
