package ai.pathbound.identities.connect.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.TestClock;
import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.connect.ConnectClient.Made;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page without a script, as a browser of few words walks it. */
@QuarkusTest
class PageWalkTest {
  private static final String COOKIE = "connect";
  private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ConnectClient client;
  private Made link;
  private String cookie;

  @BeforeEach
  void hasALink() {
    // Every test comes from one address, of which only so much is taken in a minute.
    TestClock.advance(Duration.ofMinutes(1));
    client = ConnectClient.ofNewTenant();
    link =
        client.link(
            client.client().newIdentity(),
            Map.of("redirect_url", ConnectClient.BACK, "state", "a&b", "locale", "en"));
    cookie = "";
  }

  private RequestSpecification browser() {
    RequestSpecification request = given().redirects().follow(false);
    return cookie.isEmpty() ? request : request.cookie(COOKIE, cookie);
  }

  private RequestSpecification posting(String form) {
    return browser()
        .header("Origin", "null")
        .header("Sec-Fetch-Site", "same-origin")
        .contentType("application/x-www-form-urlencoded")
        .formParam("form", form);
  }

  private String path() {
    return "/connect/" + link.token();
  }

  private static String form(Response page) {
    Matcher form = FORM.matcher(page.asString());
    assertTrue(form.find(), page::asString);
    return form.group(1);
  }

  private void consent() {
    Response done = posting(form(browser().get(path()))).post(path());
    done.then().statusCode(303).header("Location", not(containsString(link.token())));
    cookie = done.cookie(COOKIE);
  }

  private Response page() {
    return browser().get("/connect");
  }

  private Response submit(String username) {
    return posting(form(page()))
        .formParam("username", username)
        .formParam("password", "pässword & more")
        .post("/connect/credentials");
  }

  private String shows(String text) {
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> page().asString().contains(text));
    return page().asString();
  }

  @Test
  void aHolderConsentsSignsInAnswersAndGoesBack() {
    consent();
    submit("ada+2fa@example.com").then().statusCode(303);
    shows("LinkedIn asks for a code");
    posting(form(page())).formParam("code", "111111").post("/connect/code");
    shows("did not accept that code");
    posting(form(page())).formParam("code", "12").post("/connect/code").then().statusCode(200);
    posting(form(page())).formParam("code", " 123 456 ").post("/connect/code");
    String done = shows("is connected");
    assertTrue(
        done.contains(
            ConnectClient.BACK
                + "?link_id="
                + link.id()
                + "&amp;status=completed&amp;state=a%26b\""),
        done);
    assertEquals("completed", client.status(link));
  }

  @Test
  void aRefusedPasswordIsAskedForAgain() {
    consent();
    submit("ada+rejected@example.com");
    shows("Tries left: 2");
    submit("ada+rejected@example.com");
    shows("Tries left: 1");
    submit("ada+rejected@example.com");
    shows("is not connected");
  }

  @ParameterizedTest
  @CsvSource({
    "ada+app@example.com,Approve the login",
    "ada+never@example.com,Open the link in LinkedIn",
    "ada+slow@example.com,Signing in",
    "ada+locked@example.com,has locked this account",
    "ada+captcha@example.com,only you can pass",
    "ada+down@example.com,could not be reached"
  })
  void everyStateHasItsPage(String username, String text) {
    consent();
    submit(username);
    shows(text);
  }

  @Test
  void toLookChangesNothingHoweverOften() {
    for (int i = 0; i < 5; i++) {
      browser().get(path()).then().statusCode(200).header("Set-Cookie", (String) null);
      browser().head(path());
    }
    assertEquals("pending", client.status(link));
  }

  @Test
  void anOpenedLinkIsShownToNoOtherBrowser() {
    consent();
    browser().get(path()).then().statusCode(303);
    String own = cookie;
    cookie = "";
    browser().get(path()).then().statusCode(403).body(containsString("another browser"));
    posting("x").post(path()).then().statusCode(403);
    cookie = "A".repeat(43);
    browser().get(path()).then().statusCode(403);
    page().then().statusCode(404);
    cookie = own;
    page().then().statusCode(200);
  }

  @Test
  void theCookieOfAnotherLinkOpensNothing() {
    consent();
    Made other = client.link(link.identity());
    Response otherConsent = browser().get("/connect/" + other.token());
    otherConsent.then().statusCode(200);
    posting("x").formParam("username", "u").post("/connect/credentials").then().statusCode(303);
    assertEquals("pending", client.status(other));
    assertEquals("opened", client.status(link));
  }

  @ParameterizedTest
  @CsvSource({
    "cross-site,null", "cross-site,https://evil.example", "same-site,http://localhost:8080",
    "'',https://evil.example", "'',null", "'',''"
  })
  void aFormFromElsewhereDoesNothing(String site, String origin) {
    String form = form(browser().get(path()));
    RequestSpecification request =
        browser().contentType("application/x-www-form-urlencoded").formParam("form", form);
    if (!site.isEmpty()) {
      request.header("Sec-Fetch-Site", site);
    }
    if (!origin.isEmpty()) {
      request.header("Origin", origin);
    }
    request.post(path()).then().statusCode(403);
    assertEquals("pending", client.status(link));
  }

  @Test
  void aFormOfAnEarlierStateDoesNothing() {
    consent();
    String old = form(page());
    submit("ada+rejected@example.com");
    shows("Tries left: 2");
    posting(old)
        .formParam("username", "ada@example.com")
        .formParam("password", "p")
        .post("/connect/credentials")
        .then()
        .statusCode(303);
    assertEquals("opened", client.status(link));
    shows("Tries left: 2");
  }

  @Test
  void aFormWithoutItsTokenDoesNothing() {
    posting("x").post(path()).then().statusCode(200).body(containsString("I agree"));
    assertEquals("pending", client.status(link));
  }

  @Test
  void anUnknownAnExpiredAndARevokedLinkSayWhatToDo() {
    browser()
        .get("/connect/" + "A".repeat(43))
        .then()
        .statusCode(404)
        .contentType("text/html")
        .body(containsString("no such link"));
    browser().get("/connect/nonsense").then().statusCode(404).contentType("text/html");
    client.revoke(link);
    browser().get(path()).then().statusCode(410).body(containsString("was revoked"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-AT,de;q=0.9,en;q=0.8", "fr", "es-MX", "it, de;q=0.5"})
  void thePageIsInTheBrowsersLanguageUnlessTheTenantSays(String accepted) {
    Made any = client.link(link.identity());
    String page =
        given().header("Accept-Language", accepted).get("/connect/" + any.token()).asString();
    String lang = accepted.startsWith("it") ? "de" : accepted.substring(0, 2);
    assertTrue(page.contains("<html lang=\"" + lang + "\">"), page);
    assertFalse(page.contains("I agree"), page);
    assertTrue(
        given()
            .header("Accept-Language", accepted)
            .get(path())
            .asString()
            .contains("<html lang=\"en\">"));
  }

  @Test
  void aTenantsNameIsTextWhateverItHolds() {
    client.put(
        Map.of(
            "display_name", "<script>alert(1)</script> \"' {7*7} שלום",
            "redirect_urls", List.of(ConnectClient.BACK)));
    String page = browser().get(path()).asString();
    assertFalse(page.contains("<script"), page);
    assertFalse(page.contains("49"), page);
    assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), page);
    assertTrue(page.contains("{7*7}"), page);
  }

  @Test
  void everyAnswerHasItsPolicies() {
    client.put(Map.of("display_name", "Acme", "accent_color", "#ffd400"));
    Response page = browser().get(path());
    page.then()
        .header("Cache-Control", "no-store")
        .header("Referrer-Policy", "no-referrer")
        .header("X-Robots-Tag", "noindex, nofollow")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("X-Frame-Options", "DENY");
    assertEquals(1, page.headers().getList("Content-Security-Policy").size());
    String policy = page.header("Content-Security-Policy");
    assertTrue(policy.startsWith("default-src 'none';"), policy);
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    Matcher links = Pattern.compile("<link rel=\"[a-z]+\" href=\"([^\"]+)\"").matcher(page.asString());
    long size = page.asByteArray().length;
    int files = 0;
    while (links.find()) {
      Response file = given().get(links.group(1));
      file.then().statusCode(200).header("Cache-Control", containsString("immutable"));
      size += file.asByteArray().length;
      files++;
    }
    assertEquals(3, files, page.asString());
    assertTrue(size <= 30 * 1024, "the first page has " + size + " bytes");
    assertFalse(page.asString().contains("//app.example.com"), "no other host");
  }

  @Test
  void whatABrowserSendsIsSealedAndShownNowhere() {
    consent();
    submit("ada+2fa@example.com");
    String page = shows("LinkedIn asks for a code");
    assertFalse(page.contains("ada+2fa"), page);
    assertFalse(page.contains(link.token()), page);
    assertFalse(page.contains(cookie), page);
  }

  @Test
  void anEmptyFormSaysSo() {
    consent();
    posting(form(page()))
        .formParam("username", " ")
        .formParam("password", "")
        .post("/connect/credentials")
        .then()
        .statusCode(200)
        .body(containsString("Enter both"));
    assertEquals("opened", client.status(link));
  }

  @Test
  void theCookieIsForNoScriptAndNoOtherSite() {
    Response done = posting(form(browser().get(path()))).post(path());
    String set = done.header("Set-Cookie");
    assertTrue(set.contains("HttpOnly") && set.contains("SameSite=Lax"), set);
    assertTrue(set.contains("Path=/"), set);
    done.then().header("Location", equalTo("/connect"));
  }
}
