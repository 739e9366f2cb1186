package ai.pathbound.identities.login.connector.webdriver;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.DatabaseTime;
import ai.pathbound.identities.ReadmeFlow;
import ai.pathbound.identities.login.connector.webdriver.standin.LoginShape;
import ai.pathbound.identities.login.connector.webdriver.standin.StandInLinkedIn;
import ai.pathbound.identities.program.ProductionEnvironment;
import ai.pathbound.identities.program.Program;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The packaged program with the webdriver connector: over the API, into a real Chromium. */
@Tag("faults")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserProgramIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String CODE = "123456";
  private static final String WRONG_CODE = "654321";
  private static final String CHALLENGE = "login_result.challenge.";

  private static StandInLinkedIn linkedIn;
  private static ProductionEnvironment surroundings;
  private static Program serving;

  private final Client client = Client.ofNewTenant();

  @RegisterExtension
  static final FarmExtension<ChromeDriver> FARM = new FarmExtension<>(ChromeDriver::new);

  /** A login that was accepted. */
  private record AcceptedLogin(String username, String identity, String session) {}

  @BeforeAll
  static void startLinkedInAndDatabase() {
    linkedIn = new StandInLinkedIn(0, Clock.systemUTC());
    Map<String, String> settings = new HashMap<>();
    settings.put("IDENTITIES_LINKEDIN_CONNECTOR", "webdriver");
    // Longer than a busy machine stalls: a login must not be taken from a replica that is alive.
    settings.put("IDENTITIES_LINKEDIN_WORKER_LEASE", "10s");
    webDriver(settings, "ENDPOINT", FARM.farm().endpoint());
    webDriver(settings, "BASE_URL", linkedIn.address());
    webDriver(settings, "COUNTRY", "US");
    webDriver(settings, "ARGS", WebDriverSetup.ARGS);
    webDriver(settings, "SETTLE_TIME", "2s");
    // Pages are held back until a replica was killed.
    webDriver(settings, "PAGE_TIMEOUT", "100s");
    webDriver(settings, "LANDING_TIMEOUT", "100s");
    webDriver(settings, "COMMAND_TIMEOUT", "110s");
    surroundings = ProductionEnvironment.start(settings);
  }

  private static void webDriver(Map<String, String> settings, String key, Object value) {
    settings.put("IDENTITIES_LINKEDIN_WEBDRIVER_" + key, value.toString());
  }

  @AfterEach
  void noBrowserIsLeft() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
    RestAssured.port = RestAssured.UNDEFINED_PORT;
    await("a browser is left").atMost(PATIENCE).until(() -> FARM.farm().sessions().isEmpty());
    await().atMost(PATIENCE).until(() -> FARM.farm().browserProcesses().isEmpty());
  }

  @AfterAll
  static void end() {
    stopServing();
    if (surroundings != null) {
      surroundings.close();
    }
    if (linkedIn != null) {
      linkedIn.close();
    }
  }

  /** The program, for tests that kill none. */
  private static void serve() {
    if (serving == null) {
      serving = start("serving");
    }
    RestAssured.baseURI = serving.url();
  }

  private static void stopServing() {
    if (serving != null) {
      serving.close();
      serving = null;
    }
  }

  private static Program start(String name) {
    Program program = Program.start("browser-" + name, surroundings.environment());
    RestAssured.baseURI = program.url();
    return program;
  }

  private AcceptedLogin logIn(String username) {
    return logIn(client.newIdentity(), username, Map.of());
  }

  private AcceptedLogin logIn(String identity, String username, Map<String, Object> more) {
    return new AcceptedLogin(username, identity, client.loggingIn(identity, username, more));
  }

  /** Logs in without credentials. */
  private AcceptedLogin logInAgain(AcceptedLogin before) {
    return logInAgain(before, Map.of());
  }

  private AcceptedLogin logInAgain(AcceptedLogin before, Map<String, Object> more) {
    String session =
        client
            .login(before.identity(), more)
            .then()
            .statusCode(200)
            .extract()
            .path("login_result.session_id");
    return new AcceptedLogin(before.username(), before.identity(), session);
  }

  /** How a login stands once it is in one of those states; failed and completed end the wait. */
  private String awaited(AcceptedLogin login, String status) {
    List<String> ends = List.of(status, "completed", "failed");
    JsonPath found =
        await()
            .atMost(PATIENCE)
            .until(
                () -> client.settled(login.identity(), login.session()),
                result -> ends.contains(result.getString("login_result.status")));
    String failure = found.getString("login_result.error_code");
    return failure == null ? found.getString("login_result.status") : failure;
  }

  private void give(AcceptedLogin login, String code) {
    client.code(login.identity(), login.session(), code).then().statusCode(200);
  }

  @Test
  void theReadmesCallsLogInWithACode() throws Exception {
    serve();
    ReadmeFlow.paste(serving.url().replace("http://", ""), 60);
    assertEquals(1, linkedIn.passwordsSent("ada+2fa@example.com"));
  }

  @Test
  void aPersonLogsInWithACodeIsCheckedAndLogsInAgainWithoutAPassword() {
    serve();
    AcceptedLogin login = logIn("grace+2fa@example.com");
    assertEquals("awaiting_2fa", awaited(login, "awaiting_2fa"));
    JsonPath asked = client.settled(login.identity(), login.session());
    assertEquals("authenticator_code", asked.getString("login_result.challenge.kind"));
    give(login, WRONG_CODE);
    assertEquals("awaiting_2fa", awaited(login, "awaiting_2fa"));
    JsonPath again = client.settled(login.identity(), login.session());
    assertEquals(4, again.getInt("login_result.challenge.attempts_remaining"));
    give(login, CODE);
    assertEquals("completed", awaited(login, "completed"));
    client.check(login.identity()).then().statusCode(200).body("connected", equalTo(true));

    assertEquals("completed", awaited(logInAgain(login), "completed"));
    linkedIn.endSessions();
    assertEquals("session_expired", awaited(logInAgain(login), "completed"));
    assertEquals(1, linkedIn.passwordsSent(login.username()));
  }

  @Test
  void aCodeIsSentAgainAndAnotherWayIsChosen() throws SQLException {
    serve();
    AcceptedLogin login = logIn("again+sms@example.com");
    assertEquals("awaiting_2fa", awaited(login, "awaiting_2fa"));
    JsonPath text = client.settled(login.identity(), login.session());
    assertEquals("•••• 42", text.getString(CHALLENGE + "sent_to"));
    assertEquals(List.of("authenticator_code"), text.getList(CHALLENGE + "alternatives"));
    int sent = linkedIn.resends();
    String linkedin = Client.IDENTITIES + "/" + login.identity() + "/linkedin";
    String resend = linkedin + "/code/" + login.session() + "/resend";
    client.request().post(resend).then().statusCode(429);
    try (Connection connection = surroundings.owner().getConnection();
        Statement time = connection.createStatement()) {
      time.execute(DatabaseTime.passes(Duration.ofSeconds(61), client.tenant()));
    }
    client.request().post(resend).then().statusCode(200);
    assertEquals("awaiting_2fa", awaited(login, "awaiting_2fa"));
    assertEquals(sent + 1, linkedIn.resends());
    client
        .json(Map.of("kind", "authenticator_code"))
        .post(linkedin + "/challenge/" + login.session())
        .then()
        .statusCode(200);
    assertEquals("awaiting_2fa", awaited(login, "awaiting_2fa"));
    JsonPath app = client.settled(login.identity(), login.session());
    assertEquals("authenticator_code", app.getString(CHALLENGE + "kind"));
    assertEquals(List.of("sms_code"), app.getList(CHALLENGE + "alternatives"));
    give(login, CODE);
    assertEquals("completed", awaited(login, "completed"));
    assertEquals(1, linkedIn.passwordsSent(login.username()));
  }

  @Test
  void whatTheServiceDecidesEndsTheLoginAndClosesItsBrowser() {
    serve();
    AcceptedLogin late =
        logIn(
            client.newIdentity(), "late+2fa@example.com", Map.of("max_verification_wait_time", 1));
    AcceptedLogin wrong = logIn("wrong+sms@example.com");
    AcceptedLogin first = logIn("first+2fa@example.com");
    AcceptedLogin ada = logIn("first-member@example.com");
    assertEquals("verification_timeout", awaited(late, "completed"));

    assertEquals("awaiting_2fa", awaited(first, "awaiting_2fa"));
    AcceptedLogin second = logIn(first.identity(), "second+2fa@example.com", Map.of());
    assertEquals("superseded", awaited(first, "completed"));

    for (int code = 0; code < 5; code++) {
      assertEquals("awaiting_2fa", awaited(wrong, "awaiting_2fa"));
      give(wrong, WRONG_CODE);
    }
    assertEquals("too_many_codes", awaited(wrong, "completed"));

    assertEquals("completed", awaited(ada, "completed"));
    AcceptedLogin eve = logIn(ada.identity(), "another-member@example.com", Map.of());
    assertEquals("wrong_account", awaited(eve, "completed"));
    // LinkedIn does not say who it is: what was won is kept, and who it is comes out later.
    AcceptedLogin unsaid = logIn(ada.identity(), "first-member+me999@example.com", Map.of());
    assertEquals("completed", awaited(unsaid, "completed"));
    AcceptedLogin anothers = logIn(ada.identity(), "another-member+me999@example.com", Map.of());
    assertEquals("completed", awaited(anothers, "completed"));
    linkedIn.sayWho();
    assertEquals("wrong_account", awaited(logInAgain(anothers), "completed"));

    // The sweeper asks LinkedIn once more in the browser that it closes: a new session again.
    AcceptedLogin renewing = logIn("renewing+renew+then2fa@example.com");
    assertEquals("completed", awaited(renewing, "completed"));
    AcceptedLogin lateAgain = logInAgain(renewing, Map.of("max_verification_wait_time", 1));
    assertEquals("verification_timeout", awaited(lateAgain, "completed"));
    client.check(renewing.identity()).then().statusCode(502);
    assertEquals(0, linkedIn.staleUses(), "a session that was renewed is lost");

    assertEquals("awaiting_2fa", awaited(second, "awaiting_2fa"));
    client.request().delete(Client.IDENTITIES + "/" + second.identity() + "/linkedin");
    assertEquals("cancelled", awaited(second, "completed"));
    for (AcceptedLogin login :
        List.of(late, wrong, first, second, ada, eve, unsaid, anothers, renewing)) {
      assertEquals(1, linkedIn.passwordsSent(login.username()), login.username());
    }
  }

  @Test
  void aPageThatNobodyKnowsIsCountedByTheOutlineThatIsInTheLog() {
    serve();
    AcceptedLogin login = logIn("nobody-knows+unknown@example.com");
    assertEquals("unknown_challenge", awaited(login, "completed"));
    Matcher outline =
        Pattern.compile("an unknown page of LinkedIn, outline ([0-9a-f]{8}): /checkpoint/")
            .matcher(serving.log());
    assertTrue(outline.find(), "no outline in the log");
    String metrics = RestAssured.get("/q/metrics").then().statusCode(200).extract().asString();
    String counted = "identities_linkedin_unknown_pages_total{outline=\"" + outline.group(1) + "\"";
    assertTrue(metrics.contains(counted), counted);
  }

  @Test
  void aDisconnectMaySignOutAtLinkedInAndSucceedsWhereThatFails() {
    serve();
    int sessions = linkedIn.sessions();
    AcceptedLogin good = logIn("signing-out@example.com");
    AcceptedLogin failing = logIn("signing-out+failing@example.org");
    assertEquals("completed", awaited(good, "completed"));
    assertEquals("completed", awaited(failing, "completed"));
    assertEquals(sessions + 2, linkedIn.sessions());
    for (AcceptedLogin login : List.of(good, failing)) {
      client
          .request()
          .delete(Client.IDENTITIES + "/" + login.identity() + "/linkedin?sign_out=true")
          .then()
          .statusCode(200)
          .body("status", equalTo("success"));
      client.check(login.identity()).then().statusCode(200).body("connected", equalTo(false));
      client.login(login.identity(), Map.of()).then().statusCode(400);
    }
    assertEquals(sessions + 1, linkedIn.sessions(), "one could not be signed out");
    assertEquals("success", outcomeOfSigningOut(good));
    assertEquals("linkedin_unavailable", outcomeOfSigningOut(failing));
  }

  private String outcomeOfSigningOut(AcceptedLogin login) {
    return client
        .request()
        .queryParam("identity_id", login.identity())
        .get("/v1/audit")
        .then()
        .statusCode(200)
        .extract()
        .path("events.find { it.action == 'signed_out' }.outcome");
  }

  // The last: it wants the queue for programs of its own, and the others share one.
  @Order(Integer.MAX_VALUE)
  @Test
  void loginsOutliveTheReplicaThatIsKilledAndNoPasswordIsSentTwice() {
    stopServing();
    int passwordsBefore = linkedIn.passwordsSent();
    AcceptedLogin asked;
    AcceptedLogin sent;
    AcceptedLogin lost;
    AcceptedLogin typing;
    AcceptedLogin opened;
    try (Program killed = start("killed")) {
      asked = logIn("asked+2fa@example.com");
      assertEquals("awaiting_2fa", awaited(asked, "awaiting_2fa"));
      List<ProcessHandle> browsers = FARM.farm().browsers();

      linkedIn.hold("/checkpoint/lg/login-submit");
      lost = logIn("lost@example.com");
      await().atMost(PATIENCE).until(() -> linkedIn.held() == 1);
      ProcessHandle browserOfLost =
          FARM.farm().browsers().stream().filter(b -> !browsers.contains(b)).findAny().get();
      sent = logIn("sent@example.com");
      await().atMost(PATIENCE).until(() -> linkedIn.held() == 2);

      linkedIn.shape(LoginShape.TWO_PAGES);
      linkedIn.hold("/login?step2");
      typing = logIn("typing@example.com");
      await().atMost(PATIENCE).until(() -> linkedIn.held() == 3);

      linkedIn.hold("/login");
      opened = logIn("opened@example.com");
      await().atMost(PATIENCE).until(() -> linkedIn.held() == 4);

      killed.process().destroyForcibly();
      killed.ended();
      browserOfLost.descendants().forEach(ProcessHandle::destroyForcibly);
      browserOfLost.destroyForcibly();
      linkedIn.shape(LoginShape.OLDER);
      linkedIn.release();
    }
    try (Program other = start("other")) {
      give(asked, CODE);
      assertEquals("completed", awaited(asked, "completed"));
      // What LinkedIn answered to the password is still in the browser.
      assertEquals("completed", awaited(sent, "completed"));
      assertEquals("interrupted", awaited(lost, "completed"));
      assertEquals("interrupted", awaited(typing, "completed"));
      assertEquals("completed", awaited(opened, "completed"));
      for (AcceptedLogin login : List.of(asked, sent, lost, opened)) {
        assertEquals(1, linkedIn.passwordsSent(login.username()), login.username());
      }
      assertEquals(0, linkedIn.passwordsSent(typing.username()));
      assertEquals(4, linkedIn.passwordsSent() - passwordsBefore);
      await().atMost(PATIENCE).until(() -> FARM.farm().sessions().isEmpty());
      assertTrue(other.process().isAlive());
    }
  }
}
