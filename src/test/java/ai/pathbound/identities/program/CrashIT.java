package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.secret.Sentinels;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A program that is killed while it drives logins, and the one that goes on after it. */
@Tag("faults")
class CrashIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DRIVEN =
      "select count(*) from login_session where status = 'running' and credentials_sent_at is not"
          + " null";

  private final Sentinels sentinels = new Sentinels();
  private final Client client = Client.ofNewTenant();

  @AfterEach
  void restore() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
  }

  private static Map<String, String> environment(
      ProductionEnvironment surroundings, TraceCollector collector, String name) {
    Map<String, String> environment = new HashMap<>(surroundings.environment());
    environment.putAll(collector.settings(name));
    // One login at a time: the others wait, their secrets sealed in the database.
    environment.put("IDENTITIES_LINKEDIN_WORKER_SLOTS", "1");
    environment.put("IDENTITIES_LINKEDIN_WORKER_LEASE", "3s");
    environment.put("IDENTITIES_LINKEDIN_SANDBOX_SLOW_FOR", "120s");
    environment.put("QUARKUS_LOG_LEVEL", "DEBUG");
    return environment;
  }

  @Test
  void nothingSecretComesToLightWhenAWorkerDiesAndTheNextOneIsTheOwner() throws Exception {
    try (TraceCollector collector = new TraceCollector();
        ProductionEnvironment surroundings = ProductionEnvironment.start(Map.of())) {
      String identity;
      String other;
      String driven;
      String waiting;
      String log;
      try (Program dying =
          Program.start("crash-dying", environment(surroundings, collector, "dying"))) {
        RestAssured.baseURI = dying.url();
        identity = client.newIdentity();
        other = client.newIdentity();
        driven = start(identity, "+slow");
        Awaitility.await().atMost(PATIENCE).until(() -> surroundings.count(DRIVEN) == 1);
        waiting = start(other, "+2fa");
        look(surroundings);
        sentinels.look("metrics", RestAssured.get("/q/metrics").asString());
        dying.process().destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        log = dying.log();
      }
      look(surroundings);
      Map<String, String> owner = environment(surroundings, collector, "next");
      owner.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
      owner.put("IDENTITIES_LINKEDIN_SANDBOX_SLOW_FOR", "1s");
      try (Program next = Program.start("crash-next", owner)) {
        RestAssured.baseURI = next.url();
        assertEquals("completed", client.ended(identity, driven).getString("login_result.status"));
        Awaitility.await()
            .atMost(PATIENCE)
            .until(
                () -> client.settled(other, waiting).getString("login_result.status"),
                "awaiting_2fa"::equals);
        sentinels.look("an answer", client.code(other, waiting, Sentinels.CODE).asString());
        Awaitility.await()
            .atMost(PATIENCE)
            .until(
                () ->
                    client
                        .settled(other, waiting)
                        .getString("login_result.challenge.attempts_remaining"),
                "4"::equals);
        look(surroundings);
        client.request().delete(Client.IDENTITIES + "/" + other).then().statusCode(200);
        look(surroundings);
        sentinels.look("metrics", RestAssured.get("/q/metrics").asString());
        Awaitility.await()
            .atMost(PATIENCE)
            .until(() -> collector.spans().stream().anyMatch(s -> s.name().contains("answer")));
        collector.spans().forEach(span -> sentinels.look("a span", span.span().toString()));
        warnsOnceOfTheOwner(next);
        assertFalse(log.contains("owner of its tables"), log);
        (log + next.log()).lines().forEach(sentinels::lookAtLog);
        assertTrue(log.contains("DEBUG"), "nothing was said at DEBUG");
      }
      assertEquals(List.of(), sentinels.found());
    }
  }

  private String start(String identity, String script) {
    var answer =
        client.login(
            identity,
            Map.of(
                "username",
                Sentinels.USERNAME + script + "@example.com",
                "password",
                Sentinels.PASSWORD));
    sentinels.look("an answer", answer.asString());
    return answer.then().statusCode(200).extract().path("login_result.session_id");
  }

  private void look(ProductionEnvironment surroundings) {
    int rows = sentinels.lookAtAllTables(surroundings.owner());
    assertTrue(rows > 5, "only " + rows + " rows");
  }

  private static void warnsOnceOfTheOwner(Program program) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> program.log().contains("logs in as the owner of its tables"));
    assertEquals(
        1,
        program.log().lines().filter(line -> line.contains("as the owner of its tables")).count());
  }
}
