package ai.pathbound.identities.connect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.DatabaseTime;
import ai.pathbound.identities.FreePort;
import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.connect.ConnectClient.Made;
import ai.pathbound.identities.login.connector.webdriver.ChromeDriver;
import ai.pathbound.identities.program.ProductionEnvironment;
import ai.pathbound.identities.program.Program;
import ai.pathbound.identities.program.TraceCollector;
import ai.pathbound.identities.secret.Sentinels;
import com.sun.net.httpserver.HttpServer;
import io.restassured.RestAssured;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holders in a real Chromium, by their keyboards alone, through every state and every tag of the
 * sandbox. Each state is seen in each of four languages, in one combination each of a small or a
 * large screen, light or dark, with or without scripts; the pages that wait with scripts alone, and
 * one of them without in a separate test. {@code target/connect} has the pictures.
 */
@Tag("faults")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HolderWalkIT {
  private static final String NAME = "Acme <Outreach> & שלום";
  private static final String CODE = "123456";
  private static final String NOBODYS = "/connect/" + "A".repeat(43);
  private static final Duration TOO_LONG = Duration.ofMinutes(11);

  private static final Sentinels SENTINELS = new Sentinels();
  private static final Set<String> SEEN = new HashSet<>();

  private static TraceCollector collector;
  private static ProductionEnvironment surroundings;
  private static Program program;
  private static ChromeDriver driver;
  private static KeyboardBrowser browser;
  private static HttpServer elsewhere;

  private ConnectClient client;
  private PageWords words;
  private String language;
  private boolean scripts;
  private String folder;
  private Made link;

  @BeforeAll
  static void start() throws IOException {
    collector = new TraceCollector();
    driver = new ChromeDriver();
    int port = FreePort.any();
    Map<String, String> settings = new HashMap<>(collector.settings("holders"));
    settings.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    settings.put("IDENTITIES_CONNECT_BASE_URL", "http://localhost:" + port);
    // Long enough to be looked at.
    settings.put("IDENTITIES_LINKEDIN_SANDBOX_CONFIRM_AFTER", "4s");
    settings.put("IDENTITIES_LINKEDIN_SANDBOX_SLOW_FOR", "4s");
    settings.put("QUARKUS_LOG_LEVEL", "DEBUG");
    surroundings = ProductionEnvironment.start(settings);
    program = Program.start("holders", surroundings.environment());
    RestAssured.baseURI = program.url();
    browser = new KeyboardBrowser(driver);
    elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    elsewhere.start();
  }

  @AfterAll
  static void stop() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
    for (AutoCloseable each :
        new AutoCloseable[] {
          browser, driver, program, surroundings, collector, () -> elsewhere.stop(0)
        }) {
      try {
        if (each != null) {
          each.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Order(1)
  @ParameterizedTest
  @CsvSource({"en,1280,true,false", "de,320,false,true", "fr,320,true,true", "es,1280,false,false"})
  void everyStateIsReadAndUsed(String tongue, int width, boolean withScripts, boolean dark) {
    language = tongue;
    folder = String.join("-", tongue, "" + width, withScripts ? "script" : "plain");
    words = new PageWords(tongue, NAME);
    client = new ConnectClient(Client.ofNewTenant());
    client
        .put(
            Map.of(
                "display_name",
                NAME,
                "redirect_urls",
                List.of(ConnectClient.BACK),
                "accent_color",
                dark ? "#ffd400" : "#7a1fa2",
                "privacy_url",
                "https://www.example.com/privacy"))
        .then()
        .statusCode(200);
    be(width, withScripts, dark);
    codes();
    // A page that waits loads itself anew without scripts, and chromedriver says nothing of a page
    // that does: PageWalkTest looks at these.
    be(width, true, dark);
    confirmations();
    waits();
    be(width, withScripts, dark);
    refusals();
    ends();
    elsewhere();
  }

  private void be(int width, boolean withScripts, boolean dark) {
    scripts = withScripts;
    browser.be(width, language, withScripts, dark);
  }

  private void codes() {
    open();
    submit(" ", Sentinels.PASSWORD);
    sees("credentials-missing", "credentialsTitle", "credentialsMissing");
    submit("2fa");
    sees("code-authenticator", "codeTitle", "codeAuthenticator", "triesLeft", "timeLeft");
    code("12");
    sees("code-malformed", "codeTitle", "codeMalformed");
    code(Sentinels.CODE);
    sees("code-wrong", "codeTitle", "codeWrong");
    code(CODE);
    done();
    picture("done");
    open();
    submit("sms");
    sees("code-sms", "codeTitle", "codeSms");
    pass(TOO_LONG);
    looksAgainFor("failedTitle");
    sees("failed-verification-timeout", "failedTitle", "failedVerificationTimeout");
    open();
    submit("emailcode");
    sees("code-email", "codeTitle", "codeEmail");
    for (int i = 0; i < 5; i++) {
      browser.sees(words.of("codeTitle"), words.of("triesLeft") + " " + (5 - i));
      code(Sentinels.CODE);
    }
    sees("failed-too-many-codes", "failedTitle", "failedTooManyCodes");
  }

  private void confirmations() {
    open();
    submit("app");
    sees("approval", "approvalTitle", "approvalText", "stuckTitle");
    done();
    hears("doneTitle");
    open();
    submit("email");
    sees("email-link", "emailTitle", "emailText");
    done();
    open();
    submit("never");
    browser.sees(words.of("emailTitle"));
    client.revoke(link).then().statusCode(200);
    sees("revoked", "revokedTitle", "endedText");
  }

  private void waits() {
    sql("select pause_logins()");
    open();
    submit("slow");
    sees("queued", "queuedTitle", "queuedText");
    sql("select resume_logins()");
    browser.sees(words.of("workingTitle"));
    hears("workingTitle");
    sees("working", "workingTitle", "workingText");
    done();
    hears("doneTitle");
  }

  private void refusals() {
    open();
    submit("rejected");
    sees("credentials-refused", "credentialsTitle", "credentialsRefused");
    submit("rejected");
    browser.sees(words.of("credentialsRefused") + " 1");
    submit("rejected");
    sees("failed-credentials-rejected", "failedTitle", "failedCredentialsRejected");
    for (Map.Entry<String, String> failure :
        Map.of(
                "locked", "failedAccountLocked",
                "captcha", "failedByHand",
                "unknown", "failedByHand",
                "down", "failedUnavailable")
            .entrySet()) {
      open();
      submit(failure.getKey());
      sees("failed-" + failure.getKey(), "failedTitle", failure.getValue());
    }
  }

  private void ends() {
    open();
    submit("2fa");
    browser.sees(words.of("codeTitle"));
    client.client().loggingIn(link.identity(), Sentinels.USERNAME + "+2fa@example.com");
    looksAgainFor("failedTitle");
    sees("failed-superseded", "failedTitle", "failedSuperseded");
    open();
    submit("2fa");
    browser.sees(words.of("codeTitle"));
    // As a worker writes it that could not take a login up again.
    sql(
        "update connect_link set status = 'failed', failure = 'interrupted', finished_at = now(),"
            + " version = version + 1 where status = 'submitted' and tenant_id = '"
            + client.client().tenant()
            + "'");
    looksAgainFor("failedTitle");
    sees("failed-interrupted", "failedTitle", "failedInterrupted");
    open();
    submit("locked");
    browser.sees(words.of("failedAccountLocked"));
    open(link.identity());
    // It is shown again, so that it need not be typed again.
    typeAndSubmit("ada@example.com");
    sees("credentials-locked", "credentialsTitle", "credentialsLocked");
    open();
    submit("expired");
    done();
    // The same identity again, as somebody else.
    open(link.identity());
    typeAndSubmit("grace@example.com");
    sees("failed-wrong-account", "failedTitle", "failedWrongAccount");
    open();
    submit("flaky");
    done();
    open();
    submit("2fa");
    browser.sees(words.of("codeTitle"));
    client
        .client()
        .request()
        .delete(Client.IDENTITIES + "/" + link.identity() + "/linkedin")
        .then()
        .statusCode(200);
    looksAgainFor("failedTitle");
    browser.awaitFocus("a.button");
    sees("failed-cancelled", "failedTitle", "failedEnded");
    open();
    pass(Duration.ofMinutes(31));
    looksAgainFor("expiredTitle");
    sees("expired", "expiredTitle", "endedText");
  }

  private void elsewhere() {
    browser.forgetCookies();
    browser.goTo(program.url() + "/connect");
    seesByToken("reopen", "reopenTitle", "reopenText");
    make(client.client().newIdentity());
    browser.goTo(link.url());
    browser.sees(words.of("consentTitle"));
    browser.forgetCookies();
    browser.tabTo("button");
    browser.enter();
    // The consent's answer brings another one.
    browser.sees(words.of("credentialsTitle"));
    open();
    browser.forgetCookies();
    browser.goTo(link.url());
    seesByToken("elsewhere", "elsewhereTitle", "elsewhereText");
    open();
    submit("");
    done();
    browser.forgetCookies();
    browser.goTo(link.url());
    seesByToken("used", "usedTitle", "endedText");
    browser.goTo(program.url() + NOBODYS);
    seesByToken("unknown", "unknownTitle", "unknownText");
    make(client.client().newIdentity());
    browser.goTo(
        page("<form method='post' action='" + link.url() + "'><button>Win</button></form>"));
    browser.tabTo("button");
    browser.enter();
    seesByToken("forbidden", "forbiddenTitle", "forbiddenText");
    assertEquals("pending", client.status(link));
  }

  /** The URL of a page of another origin, which is another site. */
  private static String page(String html) {
    byte[] body = ("<!doctype html><main>" + html + "</main>").getBytes(StandardCharsets.UTF_8);
    String path = "/" + System.nanoTime();
    elsewhere.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html;charset=UTF-8");
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    return "http://127.0.0.1:" + elsewhere.getAddress().getPort() + path;
  }

  private void make(String identity) {
    link = client.link(identity, Map.of("redirect_url", ConnectClient.BACK, "state", "s"));
    SENTINELS.remember(link.token());
  }

  private void open() {
    open(client.client().newIdentity());
  }

  /** Makes a link and consents. */
  private void open(String identity) {
    make(identity);
    browser.forgetCookies();
    browser.goTo(link.url());
    browser.sees(words.of("consentTitle"), words.of("consentRevokeTitle"), words.of("notLinkedin"));
    picture("consent");
    browser.tabTo("button");
    browser.enter();
    browser.sees(words.of("credentialsTitle"));
    String cookie = browser.cookie(PageBrowser.cookieName(link));
    SENTINELS.remember(cookie);
    if (scripts) {
      assertFalse(browser.history().contains(link.token()), browser.history());
    }
    sees("credentials", "credentialsTitle", "credentialsPassword");
  }

  private void submit(String tag) {
    typeAndSubmit(Sentinels.USERNAME + "+" + tag + "@example.com");
  }

  private void typeAndSubmit(String username) {
    submit(username, Sentinels.PASSWORD);
  }

  private void submit(String username, String password) {
    browser.awaitFocus("#username");
    browser.type(username);
    browser.tabTo("#password");
    browser.type(password);
    browser.enter();
  }

  private void code(String code) {
    browser.awaitFocus("#code");
    browser.type(code);
    browser.enter();
  }

  /**
   * A page with a form does not load itself anew where no script does it: its holder does, until
   * the page says that.
   */
  private void looksAgainFor(String key) {
    if (!scripts) {
      Awaitility.await(key)
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(700))
          .until(
              () -> {
                browser.goTo(program.url() + PageBrowser.page(link));
                browser.sees(words.of("notLinkedin"));
                return browser.text().contains(words.of(key));
              });
    }
  }

  /** What a screen reader is told where scripts have changed the page in its place. */
  private void hears(String key) {
    if (scripts) {
      assertEquals(words.of(key), browser.announced());
    }
  }

  private void done() {
    browser.sees(words.of("doneTitle"), words.of("doneText"));
    browser.awaitFocus("a.button");
    assertEquals("completed", client.status(link));
  }

  private void sees(String state, String... keys) {
    seesByToken(state, keys);
    assertFalse(browser.url().contains(link.token()), browser.url());
  }

  private void seesByToken(String state, String... keys) {
    for (String key : keys) {
      browser.sees(words.of(key));
    }
    picture(state);
  }

  /** Takes a picture of a state where there is none yet, and looks at it as a machine can. */
  private void picture(String state) {
    Path file = Path.of("target", "connect", folder, state + ".png");
    if (!SEEN.add(folder + state)) {
      return;
    }
    SENTINELS.look("the page " + state, browser.source());
    String where = folder + " " + state;
    assertEquals(language, browser.run("return document.documentElement.lang"), where);
    assertEquals(1, browser.run("return document.querySelectorAll('h1').length"), where);
    assertTrue(browser.tooWide() <= 0, where + " is too wide by " + browser.tooWide());
    browser.picture(file);
    assertEquals(List.of(), fieldsWithoutTheirAutocomplete(), where);
    assertEquals(List.of(), browser.findings(), where);
  }

  /** Fields that password managers and phones would not know. */
  private static Object fieldsWithoutTheirAutocomplete() {
    return ((JsonArray)
            browser.run(
                """
                const known = {username: 'username', password: 'current-password', code: 'one-time-code'};
                return [...document.querySelectorAll('input:not([type=hidden])')]
                    .filter(field => field.autocomplete !== known[field.name])
                    .map(field => field.outerHTML);
                """))
        .stream().map(String::valueOf).toList();
  }

  private void pass(Duration time) {
    sql(DatabaseTime.passes(time, client.client().tenant()));
  }

  private static void sql(String statement) {
    try (Connection connection = surroundings.owner().getConnection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Order(2)
  @Test
  void aPageThatWaitsGoesOnWithoutScripts() {
    language = "en";
    folder = "en-1280-waiting";
    words = new PageWords(language, "Acme Outreach");
    client = ConnectClient.ofNewTenant();
    be(1280, false, false);
    open();
    submit("never");
    Awaitility.await().until(() -> "submitted".equals(client.status(link)));
    // While its answer is held, chromedriver says nothing of it.
    client.revoke(link).then().statusCode(200);
    sees("revoked", "revokedTitle", "endedText");
  }

  @Order(2)
  @Test
  void onPaperAreTheWordsAndNoButtons() {
    language = "en";
    folder = "en-1280-print";
    words = new PageWords(language, "Acme Outreach");
    client = ConnectClient.ofNewTenant();
    be(1280, true, false);
    make(client.client().newIdentity());
    browser.goTo(link.url());
    browser.sees(words.of("consentTitle"));
    browser.print(true);
    try {
      assertTrue(browser.text().contains(words.of("consentRevokeTitle")));
      assertEquals(
          "none", browser.run("return getComputedStyle(document.querySelector('form')).display"));
      browser.picture(Path.of("target", "connect", folder, "consent.png"));
    } finally {
      browser.print(false);
    }
  }

  @Order(2)
  @Test
  void noOtherSiteShowsThePageInAFrame() {
    client = ConnectClient.ofNewTenant();
    make(client.client().newIdentity());
    browser.be(1280, "en", true, false);
    browser.goTo(page("<iframe src='" + link.url() + "'></iframe>"));
    Awaitility.await().until(() -> Boolean.TRUE.equals(browser.run("return frames.length === 1")));
    assertEquals("chrome-error://chromewebdata/", browser.addressOfFrame());
    assertEquals("pending", client.status(link));
  }

  @Order(3)
  @Test
  void noSecretIsAnywhereAfterwards() throws SQLException {
    SENTINELS.look("the log", program.log());
    assertTrue(program.log().lines().count() > 100, "it is looked where there is something");
    int rows = SENTINELS.lookAtAllTables(surroundings.owner());
    assertTrue(rows > 300, "only " + rows + " rows");
    SENTINELS.look("metrics", RestAssured.get("/q/metrics").asString());
    collector.spans().forEach(span -> SENTINELS.look("a trace", span.span().toString()));
    assertEquals(List.of(), SENTINELS.found());
    assertFalse(collector.spans().isEmpty());
    assertEquals(
        List.of(),
        collector.spans().stream()
            .map(span -> span.span().getName())
            .filter(name -> name.contains(" /connect"))
            .toList());
    assertEquals("", program.errors());
  }
}
