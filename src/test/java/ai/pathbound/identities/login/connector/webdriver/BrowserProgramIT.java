package ai.pathbound.identities.login.connector.webdriver;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.ReadmeFlow;
import ai.pathbound.identities.login.connector.webdriver.standin.LoginShape;
import ai.pathbound.identities.login.connector.webdriver.standin.StandInLinkedIn;
import ai.pathbound.identities.program.Program;
import ai.pathbound.identities.program.Surroundings;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The packaged program with the webdriver connector: over the API, into a real Chromium. */
class BrowserProgramIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String CODE = "123456";

  @RegisterExtension
  final AfterTestExecutionCallback screenshots =
      context -> {
        if (context.getExecutionException().isPresent()) {
          this.chromeDriver.screenshots(context.getRequiredTestMethod().getName());
        }
      };

  private final Client client = Client.ofNewTenant();
  private ChromeDriver chromeDriver;
  private StandInLinkedIn linkedIn;
  private Surroundings surroundings;

  /** A login that was accepted. */
  private record Login(String username, String identity, String session) {}

  @BeforeEach
  void startFarmLinkedInAndDatabase() {
    chromeDriver = new ChromeDriver();
    linkedIn = new StandInLinkedIn(0, Clock.systemUTC());
    Map<String, String> settings = new HashMap<>();
    settings.put("IDENTITIES_LINKEDIN_CONNECTOR", "webdriver");
    // Longer than a busy machine stalls: a login must not be taken from a replica that is alive.
    settings.put("IDENTITIES_LINKEDIN_WORKER_LEASE", "10s");
    webDriver(settings, "ENDPOINT", chromeDriver.endpoint());
    webDriver(settings, "BASE_URL", linkedIn.address());
    webDriver(settings, "COUNTRY", "US");
    webDriver(settings, "ARGS", WebDriverSetup.ARGS);
    webDriver(settings, "SETTLE_TIME", "2s");
    // Pages are held back until a replica was killed.
    webDriver(settings, "PAGE_TIMEOUT", "100s");
    webDriver(settings, "LANDING_TIMEOUT", "100s");
    webDriver(settings, "COMMAND_TIMEOUT", "110s");
    surroundings = Surroundings.start(settings);
  }

  private static void webDriver(Map<String, String> settings, String key, Object value) {
    settings.put("IDENTITIES_LINKEDIN_WEBDRIVER_" + key, value.toString());
  }

  @AfterEach
  void noBrowserIsLeft() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
    RestAssured.port = RestAssured.UNDEFINED_PORT;
    if (surroundings == null) {
      return;
    }
    try {
      assertEquals(List.of(), chromeDriver.sessions(), "a browser is left");
      await().atMost(PATIENCE).until(() -> chromeDriver.browserProcesses().isEmpty());
    } finally {
      chromeDriver.close();
      linkedIn.close();
      surroundings.close();
    }
  }

  private Program program(String name) {
    Program program = Program.start("browser-" + name, surroundings.environment());
    RestAssured.baseURI = program.url();
    return program;
  }

  private Login logIn(String username) {
    String identity = client.newIdentity();
    return new Login(username, identity, client.loggingIn(identity, username));
  }

  /** How a login stands once it is in one of those states; failed and completed end the wait. */
  private String awaited(Login login, String status) {
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

  private void noBrowserIsOpen() {
    await().atMost(PATIENCE).until(() -> chromeDriver.sessions().isEmpty());
  }

  private void give(Login login, String code) {
    client.code(login.identity(), login.session(), code).then().statusCode(200);
  }

  @Test
  void theReadmesCallsLogInWithACode() throws Exception {
    try (Program program = program("readme")) {
      ReadmeFlow.paste(program.url().replace("http://", ""), 60);
      noBrowserIsOpen();
      assertEquals(1, linkedIn.passwordsSent());
    }
  }

  @Test
  void aPersonLogsInWithACodeIsCheckedAndLogsInAgainWithoutAPassword() {
    try (Program program = program("flow")) {
      Login login = logIn("ada+2fa@example.com");
      assertEquals("awaiting_2fa", awaited(login, "awaiting_2fa"));
      JsonPath asked = client.settled(login.identity(), login.session());
      assertEquals("authenticator_code", asked.getString("login_result.challenge.kind"));
      give(login, "654321");
      assertEquals("awaiting_2fa", awaited(login, "awaiting_2fa"));
      JsonPath again = client.settled(login.identity(), login.session());
      assertEquals(4, again.getInt("login_result.challenge.attempts_remaining"));
      give(login, CODE);
      assertEquals("completed", awaited(login, "completed"));
      client.check(login.identity()).then().statusCode(200).body("connected", equalTo(true));

      String more = client.login(login.identity(), Map.of()).path("login_result.session_id");
      assertEquals(
          "completed", awaited(new Login(login.username(), login.identity(), more), "completed"));
      linkedIn.endSessions();
      String last = client.login(login.identity(), Map.of()).path("login_result.session_id");
      assertEquals(
          "session_expired",
          awaited(new Login(login.username(), login.identity(), last), "completed"));
      assertEquals(1, linkedIn.passwordsSent());
      noBrowserIsOpen();
      assertTrue(program.process().isAlive());
    }
  }

  @Test
  void loginsOutliveTheReplicaThatIsKilledAndNoPasswordIsSentTwice() {
    Login asked;
    Login sent;
    Login lost;
    Login typing;
    Login opened;
    try (Program killed = program("killed")) {
      asked = logIn("asked+2fa@example.com");
      assertEquals("awaiting_2fa", awaited(asked, "awaiting_2fa"));
      List<ProcessHandle> browsers = chromeDriver.browsers();

      linkedIn.hold("/checkpoint/lg/login-submit");
      lost = logIn("lost@example.com");
      await().atMost(PATIENCE).until(() -> linkedIn.held() == 1);
      ProcessHandle browserOfLost =
          chromeDriver.browsers().stream().filter(b -> !browsers.contains(b)).findAny().get();
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
    try (Program other = program("other")) {
      give(asked, CODE);
      assertEquals("completed", awaited(asked, "completed"));
      // What LinkedIn answered to the password is still in the browser.
      assertEquals("completed", awaited(sent, "completed"));
      assertEquals("interrupted", awaited(lost, "completed"));
      assertEquals("interrupted", awaited(typing, "completed"));
      assertEquals("completed", awaited(opened, "completed"));
      for (Login login : List.of(asked, sent, lost, opened)) {
        assertEquals(1, linkedIn.passwordsSent(login.username()), login.username());
      }
      assertEquals(0, linkedIn.passwordsSent(typing.username()));
      assertEquals(4, linkedIn.passwordsSent());
      noBrowserIsOpen();
      assertTrue(other.process().isAlive());
    }
  }
}
