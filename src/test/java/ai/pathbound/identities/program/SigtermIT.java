package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.program.Load.LoadCall;
import ai.pathbound.identities.program.Load.LoadLogin;
import io.restassured.RestAssured;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A roll-out or a scale-down: the program is told to stop while clients are busy. */
@Tag("faults")
class SigtermIT {
  private static final Duration DELAY = Duration.ofSeconds(4);
  private static final Duration MOMENT = Duration.ofMillis(500);
  private static final Duration SLOW = Duration.ofSeconds(20);
  private static final Duration LEASE = Duration.ofSeconds(120);
  private static final String SLOW_LOGIN = "ada+slow@example.com";
  private static final String CODE_LOGIN = "ada+2fa@example.com";
  private static final String HELD_CALL = "wait=40";

  private static final String ANY_HELD =
      "select count(*) from login_session where worker is not null";
  private static final String JDBC =
      DatabaseActivity.CONNECTIONS + " and application_name like 'PostgreSQL JDBC%'";

  @AfterEach
  void restore() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
  }

  @Test
  void nobodyNoticesThatAReplicaStops() throws Exception {
    Client client = Client.ofNewTenant();
    Map<String, String> settings =
        Map.of(
            "QUARKUS_SHUTDOWN_DELAY", DELAY.toSeconds() + "s",
            "IDENTITIES_LINKEDIN_SANDBOX_SLOW_FOR", SLOW.toSeconds() + "s",
            "IDENTITIES_LINKEDIN_WORKER_LEASE", LEASE.toSeconds() + "s",
            "IDENTITIES_LINKEDIN_WORKER_DRAIN_TIMEOUT", "1s");
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(settings);
        Program stopping = Program.start("sigterm-stopping", surroundings.environment());
        Load load = new Load(stopping.url(), client)) {
      for (int i = 0; i < 2; i++) {
        load.loggingIn("ada@example.com");
        load.loggingIn(CODE_LOGIN);
        load.loggingInOnce(SLOW_LOGIN, HELD_CALL);
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> load.logins().size() > 20 && surroundings.count(DatabaseActivity.HELD) >= 2);
      assertTrue(surroundings.count(DatabaseActivity.CONNECTIONS) > 0);
      assertEquals(0, surroundings.count(JDBC), "the serving process needs no JDBC");

      long told = System.nanoTime();
      stopping.process().destroy();
      load.await();
      stopping.ended();

      requireNoFailedCall(load.calls(), told);
      requireNobodyHeld(load.calls(), told);
      assertEquals(0, surroundings.count(ANY_HELD), "a session is left to its lease");
      assertFalse(stopping.log().contains("left to its lease"), stopping.log());
      requireAnotherGoesOn(surroundings, client, load.logins());
    }
  }

  /**
   * It serves until the delay is over: whatever was sent by then is answered, and well. Of the last
   * moment nothing is known, as a client may stand still between its clock and its socket.
   */
  private static void requireNoFailedCall(List<LoadCall> calls, long told) {
    long open = told + DELAY.minus(MOMENT).toNanos();
    List<LoadCall> failed =
        calls.stream()
            .filter(call -> call.sentAt() < open)
            .filter(call -> call.status() / 100 != 2)
            .toList();
    assertEquals(List.of(), failed);
    assertTrue(
        calls.stream().filter(call -> call.sentAt() > told && call.sentAt() < open).count() > 20,
        "there was no load after SIGTERM");
    // Later it may refuse the connection, but it never says that it is broken.
    assertEquals(List.of(), calls.stream().filter(call -> call.status() >= 400).toList());
  }

  /** Held calls are answered when it is told to stop, not when their time is over. */
  private static void requireNobodyHeld(List<LoadCall> calls, long told) {
    List<LoadCall> held =
        calls.stream()
            .filter(call -> call.what().endsWith(HELD_CALL))
            .filter(call -> call.sentAt() < told && call.endedAt() > told)
            .toList();
    assertFalse(held.isEmpty(), "no call was held");
    for (LoadCall call : held) {
      Duration after = Duration.ofNanos(call.endedAt() - told);
      System.out.println("a held call is answered " + after.toMillis() + " ms after SIGTERM");
      assertTrue(after.compareTo(DELAY) < 0, call + " was held while it listened: " + after);
    }
  }

  private static void requireAnotherGoesOn(
      ProductionEnvironment surroundings, Client client, List<LoadLogin> logins)
      throws SQLException {
    long unfinished =
        surroundings.count(
            "select count(*) from login_session where status = 'running' and"
                + " credentials_sent_at is not null");
    assertTrue(unfinished > 0, "nothing was given back: the test shows nothing");
    try (Program other = Program.start("sigterm-other", surroundings.environment())) {
      long started = System.nanoTime();
      RestAssured.baseURI = other.url();
      List<LoadLogin> slow = new ArrayList<>();
      for (LoadLogin login : logins) {
        if (login.username().equals(SLOW_LOGIN)) {
          slow.add(login);
        }
      }
      for (LoadLogin login : slow) {
        assertEquals("completed", end(client, login), login.toString());
      }
      LoadLogin waits =
          logins.stream().filter(l -> l.username().equals(CODE_LOGIN)).findFirst().get();
      client.code(waits.identity(), waits.session(), "123456").then().statusCode(200);
      assertEquals("completed", end(client, waits));
      Duration took = Duration.ofNanos(System.nanoTime() - started);
      System.out.println("another replica ends them in " + took.toMillis() + " ms");
      assertTrue(took.compareTo(LEASE) < 0, "they waited for the lease: " + took);
    }
  }

  private static String end(Client client, LoadLogin login) {
    return client.ended(login.identity(), login.session()).getString("login_result.status");
  }
}
