package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.login.history.History;
import ai.pathbound.identities.program.RetryingClients.ClientLogin;
import io.restassured.RestAssured;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two replicas on one database, the one a minute ahead of it and the other a minute behind. */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClocksIT {
  private static final Duration WRONG = Duration.ofSeconds(60);
  // Less than either clock is wrong: by a replica's own, it would be over before it began.
  private static final Duration WAIT = Duration.ofSeconds(45);
  private static final Duration SLACK = Duration.ofSeconds(20);
  private static final int SLOW_LOGINS = 12;

  private ProductionEnvironment surroundings;
  private History history;
  private Program ahead;
  private Program behind;
  private final Client client = Client.ofNewTenant();

  @BeforeAll
  void start() throws Exception {
    // Longer than some ticks of whoever might take them away.
    surroundings =
        ProductionEnvironment.start(Map.of("IDENTITIES_LINKEDIN_SANDBOX_SLOW_FOR", "6s"));
    history = new History(surroundings.owner());
    ahead = start("clock-ahead", "+" + WRONG.toSeconds() + "s");
    behind = start("clock-behind", "-" + WRONG.toSeconds() + "s");
  }

  private Program start(String name, String offset) throws Exception {
    Map<String, String> environment = new HashMap<>(surroundings.environment());
    environment.putAll(WrongClock.by(offset));
    return Program.start(name, environment);
  }

  @AfterAll
  void stop() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
    for (AutoCloseable each : new AutoCloseable[] {behind, ahead, surroundings}) {
      close(each);
    }
  }

  private static void close(AutoCloseable each) {
    try {
      if (each != null) {
        each.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** By how much a moment is later than now. */
  private static Duration later(String moment) {
    return Duration.between(Instant.now(), Instant.parse(moment));
  }

  private String createdAt(Program program) {
    RestAssured.baseURI = program.url();
    return client.identity(client.newIdentity()).getString("identity.created_at");
  }

  @Test
  void theClocksAreWrong() {
    assertTrue(later(createdAt(ahead)).compareTo(WRONG.minus(SLACK)) > 0);
    assertTrue(later(createdAt(behind)).negated().compareTo(WRONG.minus(SLACK)) > 0);
  }

  @Test
  void aRightCodeIsTakenWhoeverAskedForItAndWhoeverIsGivenIt() {
    for (Program asking : List.of(ahead, behind)) {
      for (Program given : List.of(ahead, behind)) {
        codeFrom(asking, given);
      }
    }
  }

  private void codeFrom(Program asking, Program given) {
    RestAssured.baseURI = asking.url();
    String identity = client.newIdentity();
    String session =
        client.loggingIn(
            identity,
            "ada+2fa@example.com",
            Map.of("max_verification_wait_time", WAIT.toSeconds()));
    Duration left =
        later(client.settled(identity, session).getString("login_result.challenge.expires_at"));
    assertTrue(left.compareTo(WAIT) <= 0 && left.compareTo(WAIT.minus(SLACK)) > 0, left.toString());
    RestAssured.baseURI = given.url();
    client.code(identity, session, "654321").then().statusCode(200);
    assertEquals(
        4, client.settled(identity, session).getInt("login_result.challenge.attempts_remaining"));
    client.code(identity, session, "123456").then().statusCode(200);
    var ended = client.ended(identity, session);
    assertEquals("completed", ended.getString("login_result.status"), ended.prettify());
    String checked = client.check(identity).path("checked_at");
    assertTrue(later(checked).abs().compareTo(SLACK) < 0, checked);
  }

  @Test
  void noLeaseIsTakenAwayAndNoLoginInterrupted() {
    try (RetryingClients crowd = new RetryingClients(() -> List.of(ahead.url(), behind.url()))) {
      for (int i = 0; i < SLOW_LOGINS; i++) {
        crowd.logIn("slow", "ada+slow@example.com");
      }
      history.awaitEnds();
      for (ClientLogin login : crowd.logins()) {
        assertEquals("completed", history.standing(login.row()));
      }
      assertEquals(List.of(), history.complaints(crowd.rows(), Optional.empty()));
    }
    for (Program program : List.of(ahead, behind)) {
      assertFalse(program.log().contains("gave no sign of life"), program::log);
    }
  }
}
