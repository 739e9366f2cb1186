package ai.pathbound.identities.connect.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.LogRecorder;
import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.connect.ConnectClient.Made;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attacker tries on the page of a link. */
@QuarkusTest
class PageDefenceTest {
  // Ten thousand, unslowed, are LinkFollowingTest's.
  private static final int GUESSES = 2_000;

  private final PageBrowser browser = PageBrowser.fresh();
  private ConnectClient client;
  private Made link;

  @TestHTTPResource("/connect/")
  URI page;

  @BeforeEach
  void hasALink() {
    client = ConnectClient.ofNewTenant();
    link = client.link(client.client().newIdentity(), Map.of("locale", "en"));
  }

  @Test
  void toLookChangesNothingHoweverOften() {
    for (int i = 0; i < 5; i++) {
      browser.open(link).then().statusCode(200);
      browser.request().head(PageBrowser.path(link)).then().statusCode(200);
      browser.request().header("Purpose", "prefetch").get(PageBrowser.path(link));
    }
    assertEquals("pending", client.status(link));
    browser.consent(link);
    assertEquals("opened", client.status(link));
  }

  @Test
  void anOpenedLinkIsShownToNoOtherBrowser() {
    browser.consent(link);
    browser.open(link).then().statusCode(303);
    PageBrowser other = new PageBrowser();
    other.open(link).then().statusCode(403).body(containsString("another browser"));
    other.posting("x").post(PageBrowser.path(link)).then().statusCode(403);
    for (String cookie : List.of("A".repeat(43), "nonsense")) {
      other.with(link, cookie).open(link).then().statusCode(403);
      other.page().then().statusCode(403).body(containsString("Open your link again"));
    }
    other.forget().page().then().statusCode(403).body(containsString("Open your link again"));
    browser.page().then().statusCode(200);
  }

  @Test
  void ofTwoBrowsersThatShowTheConsentOneHasTheLink() {
    PageBrowser other = new PageBrowser();
    String form = PageBrowser.form(other.open(link));
    browser.consent(link);
    other.posting(form).post(PageBrowser.path(link)).then().statusCode(403);
    browser.page().then().statusCode(200);
  }

  @Test
  void theCookieOfAnotherLinkOpensNothing() {
    browser.consent(link);
    String own = browser.cookie();
    Made other = client.link(link.identity());
    PageBrowser another = new PageBrowser();
    another.consent(other);
    String form = PageBrowser.form(another.page());
    for (Made at : List.of(link, other)) {
      browser
          .with(other, own)
          .posting(form)
          .formParam("username", "ada@example.com")
          .formParam("password", "p")
          .post(PageBrowser.page(at) + "/credentials")
          .then()
          .statusCode(403);
    }
    assertEquals("opened", client.status(other));
    assertEquals("opened", client.status(link));
    browser.open(other).then().statusCode(403);
  }

  @ParameterizedTest
  @CsvSource({
    "cross-site,null",
    "cross-site,https://evil.example",
    "same-site,http://localhost:8080",
    "same-origin,https://evil.example",
    "same-origin,''",
    "none,null",
    "'',https://evil.example",
    "'',null",
    "'',''"
  })
  void aFormFromElsewhereDoesNothing(String site, String origin) {
    String consent = PageBrowser.form(browser.open(link));
    from(site, origin, consent).post(PageBrowser.path(link)).then().statusCode(403);
    assertEquals("pending", client.status(link));
    browser.consent(link);
    from(site, origin, PageBrowser.form(browser.page()))
        .formParam("username", "ada@example.com")
        .formParam("password", "p")
        .post(browser.below("/credentials"))
        .then()
        .statusCode(403)
        .body(containsString("not sent from this page"));
    from(site, origin, "x")
        .formParam("code", "123456")
        .post(browser.below("/code"))
        .then()
        .statusCode(403);
    assertEquals("opened", client.status(link));
  }

  private RequestSpecification from(String site, String origin, String form) {
    RequestSpecification request =
        browser.request().contentType("application/x-www-form-urlencoded");
    if (form != null) {
      request.formParam("form", form);
    }
    if (!site.isEmpty()) {
      request.header("Sec-Fetch-Site", site);
    }
    if (!origin.isEmpty()) {
      request.header("Origin", origin);
    }
    return request;
  }

  @Test
  void anOldBrowserWithoutFetchMetadataPostsByItsOrigin() {
    String form = PageBrowser.form(browser.open(link));
    from("", "http://localhost:8080", form).post(PageBrowser.path(link)).then().statusCode(303);
    assertEquals("opened", client.status(link));
  }

  @Test
  void aFormOfAnEarlierStateDoesNothing() {
    browser.consent(link);
    String old = PageBrowser.form(browser.page());
    browser.submit("ada+rejected@example.com");
    browser.shows("Tries left: 2");
    browser
        .posting(old)
        .formParam("username", "ada@example.com")
        .formParam("password", "p")
        .post(browser.below("/credentials"))
        .then()
        .statusCode(303);
    assertEquals("opened", client.status(link));
    browser.shows("Tries left: 2");
  }

  @Test
  void aFormThatIsPostedTwiceCountsOnce() {
    browser.consent(link);
    String form = PageBrowser.form(browser.page());
    for (int i = 0; i < 2; i++) {
      browser
          .posting(form)
          .formParam("username", "ada+2fa@example.com")
          .formParam("password", "p")
          .post(browser.below("/credentials"))
          .then()
          .statusCode(303);
    }
    browser.shows("LinkedIn asks for a code");
    form = PageBrowser.form(browser.page());
    for (int i = 0; i < 2; i++) {
      browser.posting(form).formParam("code", "000000").post(browser.below("/code"));
    }
    browser.shows("Tries left: 4");
  }

  @Test
  void aFormWithoutItsTokenDoesNothing() {
    List<String> foreign = List.of("", "x", ".", "1.", "." + "A".repeat(43));
    for (String form : foreign) {
      browser.posting(form).post(PageBrowser.path(link)).then().statusCode(403);
    }
    from("same-origin", "null", null).post(PageBrowser.path(link)).then().statusCode(403);
    assertEquals("pending", client.status(link));
    browser.consent(link);
    for (String form : foreign) {
      browser
          .posting(form)
          .formParam("username", "ada@example.com")
          .formParam("password", "p")
          .post(browser.below("/credentials"))
          .then()
          .statusCode(403);
    }
    assertEquals("opened", client.status(link));
    browser.submit("ada+2fa@example.com");
    browser.shows("LinkedIn asks for a code");
    for (String form : foreign) {
      browser
          .posting(form)
          .formParam("code", "123456")
          .post(browser.below("/code"))
          .then()
          .statusCode(403)
          .body(containsString("not sent from this page"));
    }
    browser.shows("Tries left: 5");
  }

  @Test
  void anUnknownLinkSaysWhatToDo() {
    for (String path : List.of("A".repeat(43), "nonsense", "%20", "a".repeat(3000))) {
      browser
          .request()
          .get("/connect/" + path)
          .then()
          .statusCode(404)
          .contentType("text/html")
          .body(containsString("no such link"));
    }
    browser.request().get("/connect").then().statusCode(403).contentType("text/html");
    browser.request().get("/connect/cl_0000000000000000000000000z/x").then().statusCode(404);
    for (String path : List.of("/events", "/code", "/credentials")) {
      browser
          .request()
          .get("/connect/nonsense" + path)
          .then()
          .statusCode(404)
          .body(containsString("no such link"));
    }
  }

  @Test
  void aTenantsNameIsTextWhateverItHolds() {
    // So long a product that no token of the page holds it by chance.
    String name = "<script>alert(1)</script> \"' {123456789*8} & {connect:title} שלום";
    client.put(Map.of("display_name", name));
    String shown = browser.open(link).asString();
    assertFalse(shown.contains("<script>"), shown);
    assertFalse(shown.contains("987654312"), shown);
    assertTrue(shown.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), shown);
    assertTrue(shown.contains("{123456789*8} &amp; {connect:title}"), shown);
    // Isolated (UAX #9): what is written from right to left turns nothing around it.
    assertTrue(shown.contains("\u2068&lt;script&gt;"), shown);
    assertTrue(shown.contains("<bdi>&lt;script&gt;"), shown);
    browser.consent(link);
    String form = browser.page().asString();
    assertFalse(form.contains("<script>"), form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Acme\u202e",
        "Ac\u00adme",
        "Acme\u200b",
        "LinkedIn",
        "LINKED IN",
        "Linkedln",
        "\u2066Acme",
        "Ac\u200fme",
        "Acme\u0000",
        "\u3164"
      })
  void aNameThatWouldMisleadIsNotTaken(String name) {
    client.put(Map.of("display_name", name)).then().statusCode(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "/\\evil.example",
        "https://app.example.com@evil.example/",
        "https://app.example.com.evil.example/connected",
        "https://app.example.com:444/connected",
        "javascript:alert(1)",
        "https://app.example.com/connected/../../evil",
        "https://app.example.com/connected?x",
        "HTTPS://app.example.com/connected",
        "http://app.example.com/connected",
        "https://app.example.com\\connected"
      })
  void nobodyIsSentBackToAUrlThatIsNotTheTenants(String url) {
    client
        .create(link.identity(), Map.of("redirect_url", url))
        .then()
        .statusCode(400)
        .body("code", org.hamcrest.Matchers.equalTo("redirect_url_not_allowed"));
  }

  @Test
  void everyAnswerHasItsPolicies() {
    browser.consent(link);
    Map<String, Response> answers = new TreeMap<>();
    answers.put("the page", browser.page());
    answers.put("elsewhere", new PageBrowser().open(link));
    answers.put("nobody's", given().get("/connect"));
    answers.put("to the page", browser.open(link));
    answers.put("forbidden", given().formParam("form", "x").post(browser.below("/code")));
    answers.put("an event", browser.request().get(browser.below("/events")));
    answers.put(
        "no form", given().body("{}").contentType("application/json").post(browser.below("/code")));
    answers.put("no method", given().delete("/connect"));
    answers.put("no file", given().get("/connect/assets/nothing"));
    answers.forEach(
        (what, answer) -> {
          assertEquals(1, answer.headers().getList("Content-Security-Policy").size(), what);
          String policy = answer.header("Content-Security-Policy");
          assertTrue(policy.startsWith("default-src 'none';"), what + policy);
          assertTrue(policy.contains("frame-ancestors 'none'"), what + policy);
          assertTrue(policy.contains("form-action 'self'"), what + policy);
          assertFalse(policy.contains("unsafe") || policy.contains("http"), what + policy);
          answer
              .then()
              .header("Referrer-Policy", "no-referrer")
              .header("X-Content-Type-Options", "nosniff")
              .header("X-Robots-Tag", "noindex, nofollow")
              .header("Cross-Origin-Opener-Policy", "same-origin")
              .header("Cross-Origin-Resource-Policy", "same-origin")
              .header("X-Frame-Options", "DENY")
              .header("Access-Control-Allow-Origin", (String) null);
          if (!what.equals("no file")) {
            assertEquals(List.of("no-store"), answer.headers().getValues("Cache-Control"), what);
          }
        });
  }

  @Test
  void noPathOfALinkIsInALogOrAMetric() {
    try (LogRecorder log = LogRecorder.ofAllWarnings()) {
      browser.open(link);
      given().delete(PageBrowser.path(link));
      given().body("{}").contentType("application/json").post(PageBrowser.path(link));
      given().get(PageBrowser.path(link) + "/more");
      browser.consent(link);
      assertEquals(
          List.of(), log.lines().stream().filter(line -> line.contains(link.token())).toList());
    }
    String metrics = given().get("/q/metrics").asString();
    assertFalse(metrics.contains(link.token()));
    assertTrue(metrics.contains("/connect/{token}"), "they count the page");
  }

  @Test
  void whatABrowserSendsIsShownNowhere() {
    browser.consent(link);
    browser.submit("ada+2fa@example.com");
    String asked = browser.shows("LinkedIn asks for a code");
    assertFalse(asked.contains("ada+2fa"), asked);
    assertFalse(asked.contains(link.token()), asked);
    assertFalse(asked.contains(browser.cookie()), asked);
  }

  @Test
  void theCookieIsForNoScriptAndNoOtherSite() {
    String set = browser.consent(link).header("Set-Cookie");
    assertTrue(set.contains("HttpOnly") && set.contains("SameSite=Lax"), set);
    assertTrue(set.contains("Path=/") && !set.contains("Domain"), set);
    assertFalse(set.contains(link.token()), set);
  }

  @Test
  void guessesFindNothingAndAreSlowedSoon() throws Exception {
    Random random = new Random(7);
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Map<Integer, Integer> answers = new TreeMap<>();
    for (int i = 0; i < GUESSES; i++) {
      byte[] guess = new byte[32];
      random.nextBytes(guess);
      String token = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(guess);
      int status =
          http.send(HttpRequest.newBuilder(page.resolve(token)).build(), BodyHandlers.discarding())
              .statusCode();
      answers.merge(status, 1, Integer::sum);
    }
    assertEquals(java.util.Set.of(404, 429), answers.keySet(), answers.toString());
    assertTrue(answers.get(404) < GUESSES / 2, answers.toString());
    // Each second gives four looks back, which the holder of the address may be the one to get.
    Response slowed =
        Stream.generate(() -> browser.open(link))
            .limit(PageLimits.OF_AN_ADDRESS)
            .filter(page -> page.statusCode() == 429)
            .findFirst()
            .orElseThrow();
    slowed.then().header("Retry-After", "60").body(containsString("Too many tries"));
    assertEquals("pending", client.status(link));
  }
}
