package ai.pathbound.identities.login.connector.webdriver;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.login.connector.webdriver.standin.StandInLinkedIn;
import ai.pathbound.identities.program.ProductionEnvironment;
import ai.pathbound.identities.program.Program;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two copies of the packaged program on one database and one Selenium Grid, at a LinkedIn that
 * gives a new session at every use and honours the one before no more: two uses that overlap lose
 * it.
 */
@Tag("faults")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoReplicasIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @RegisterExtension
  static final FarmExtension<SeleniumGrid> FARM = new FarmExtension<>(SeleniumGrid::new);

  private static StandInLinkedIn linkedIn;
  private static ProductionEnvironment surroundings;
  private static Program one;
  private static Program other;

  private final Client client = Client.ofNewTenant();

  @BeforeAll
  static void start() {
    linkedIn = new StandInLinkedIn(0, Clock.systemUTC());
    Map<String, String> settings = new HashMap<>();
    settings.put("IDENTITIES_LINKEDIN_CONNECTOR", "webdriver");
    settings.put("IDENTITIES_LINKEDIN_WORKER_LEASE", "10s");
    // Each check is one use.
    settings.put("IDENTITIES_LINKEDIN_CHECK_REUSE", "0s");
    webDriver(settings, "ENDPOINT", FARM.farm().endpoint());
    webDriver(settings, "BASE_URL", linkedIn.address());
    webDriver(settings, "COUNTRY", "US");
    webDriver(settings, "ARGS", WebDriverSetup.ARGS);
    webDriver(settings, "SETTLE_TIME", "2s");
    // A page is held back until a replica was killed.
    webDriver(settings, "PAGE_TIMEOUT", "100s");
    webDriver(settings, "LANDING_TIMEOUT", "100s");
    webDriver(settings, "COMMAND_TIMEOUT", "110s");
    surroundings = ProductionEnvironment.start(settings);
    one = Program.start("uses-one", surroundings.environment());
    other = Program.start("uses-other", surroundings.environment());
  }

  private static void webDriver(Map<String, String> settings, String key, Object value) {
    settings.put("IDENTITIES_LINKEDIN_WEBDRIVER_" + key, value.toString());
  }

  @AfterAll
  static void end() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
    Stream.of(one, other, surroundings, linkedIn)
        .filter(thing -> thing != null)
        .forEach(TwoReplicasIT::close);
  }

  private static void close(AutoCloseable thing) {
    try {
      thing.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private String connected(String username) {
    String identity = client.newIdentity();
    assertEquals("completed", ended(identity, client.loggingIn(identity, username)));
    assertEquals(1, linkedIn.passwordsSent(username));
    return identity;
  }

  /** Logs in with the stored session; the login's session id. */
  private String loggingInAgain(String identity) {
    return client
        .login(identity, Map.of())
        .then()
        .statusCode(200)
        .extract()
        .path("login_result.session_id");
  }

  private String ended(String identity, String session) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> client.settled(identity, session).getString("login_result.status"),
            status -> status.equals("completed") || status.equals("failed"));
  }

  /**
   * Asks that replica whether the identity is connected, beside whatever else goes on; once more
   * where its turn did not come in time, which says nothing about the session.
   */
  private CompletableFuture<Boolean> checking(Program replica, String identity) {
    return CompletableFuture.supplyAsync(
        () -> {
          Response answer = check(replica, identity);
          for (int more = 0; more < 3 && answer.statusCode() == 502; more++) {
            answer = check(replica, identity);
          }
          return answer.then().statusCode(200).extract().<Boolean>path("connected");
        });
  }

  private Response check(Program replica, String identity) {
    return client
        .request()
        .baseUri(replica.url())
        .get(Client.IDENTITIES + "/" + identity + "/linkedin/check");
  }

  @Test
  @Order(1)
  void usesOfOneSessionTakeTurnsAcrossReplicasAndTheSessionLives() {
    String username = "ada+renew@example.com";
    RestAssured.baseURI = one.url();
    String identity = connected(username);
    for (int round = 0; round < 2; round++) {
      CompletableFuture<Boolean> here = checking(one, identity);
      CompletableFuture<Boolean> there = checking(other, identity);
      String again = loggingInAgain(identity);
      assertEquals("completed", ended(identity, again));
      assertTrue(here.join());
      assertTrue(there.join());
    }
    assertTrue(checking(other, identity).join());
    assertEquals(0, linkedIn.staleUses(), "a use had a session that another one had renewed");
    assertEquals(1, linkedIn.sessions());
    assertEquals(1, linkedIn.passwordsSent(username));
  }

  // The last: it kills a replica.
  @Test
  @Order(2)
  void sessionsThatAKilledReplicaHadRenewedAreFoundInItsBrowsers() {
    String checked = "grace+bare+renew@example.com";
    // The login's browser is left at a CAPTCHA: nothing came of it, but its session is the newest.
    String again = "eve+bare+renew+captchaonce@example.com";
    RestAssured.baseURI = other.url();
    String identity = connected(checked);
    String another = connected(again);
    int sessions = linkedIn.sessions();
    assertTrue(checking(one, identity).join());
    // By then the feed was there, and the session is another one.
    linkedIn.hold("/in/me/");
    // What is due now is claimed by the one that is killed.
    other.signal("STOP");
    RestAssured.baseURI = one.url();
    CompletableFuture<Boolean> killed = checking(one, identity);
    String login = loggingInAgain(another);
    await().atMost(PATIENCE).until(() -> linkedIn.held() == 2 || killed.isDone());
    assertFalse(killed.isDone());
    one.process().destroyForcibly();
    one.ended();
    linkedIn.release();
    other.signal("CONT");
    RestAssured.baseURI = other.url();

    assertTrue(checking(other, identity).join(), "the renewed session is lost");
    assertEquals("completed", ended(another, login), "the login's renewed session is lost");
    assertEquals("completed", ended(identity, loggingInAgain(identity)));
    assertEquals(0, linkedIn.staleUses());
    assertEquals(sessions, linkedIn.sessions());
    assertEquals(1, linkedIn.passwordsSent(checked));
    assertEquals(1, linkedIn.passwordsSent(again));
    await("a browser is left").atMost(PATIENCE).until(() -> FARM.farm().open().equals(List.of()));
  }
}
