package ai.pathbound.identities.connect.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.LogRecorder;
import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.connect.ConnectClient.Made;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no browser sends: it gets a page, soon, and no line of the log has what it held. */
@QuarkusTest
class MalformedRequestsTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String SECRET = "Malf0rmedS3cret";
  private static final Duration SOON = Duration.ofSeconds(20);

  private final PageBrowser browser = PageBrowser.fresh();
  private final LogRecorder log = LogRecorder.ofAllWarnings();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private ConnectClient client;
  private Made link;

  @TestHTTPResource("/")
  URI root;

  @BeforeEach
  void hasALink() {
    client = ConnectClient.ofNewTenant();
    link = client.link(client.client().newIdentity(), Map.of("locale", "en"));
    browser.goTo(link);
  }

  @AfterEach
  void nothingIsLogged() {
    log.close();
    assertEquals(List.of(), log.lines().stream().filter(this::isOfUs).toList());
  }

  /** Neither what was sent, nor a fault of ours, nor what Vert.x says of one that nobody caught. */
  private boolean isOfUs(String line) {
    return line.contains(SECRET)
        || browser.cookie() != null && line.contains(browser.cookie())
        || line.startsWith("ai.pathbound.identities.problem.ErrorResponses")
        || line.startsWith(PageNotices.class.getName())
        || line.contains("Uncaught exception");
  }

  private HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> more)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path)).timeout(SOON);
    HttpResponse<String> answer = http.send(more.apply(request).build(), BodyHandlers.ofString());
    assertEquals(
        answer.statusCode() == 303 ? "" : "text/html;charset=UTF-8",
        answer.headers().firstValue("Content-Type").orElse(""));
    return answer;
  }

  private HttpResponse<String> post(String path, String type, String body) throws Exception {
    return send(
        path,
        request ->
            request
                .header("Origin", "null")
                .header("Sec-Fetch-Site", "same-origin")
                .header("Cookie", PageBrowser.cookieName(link) + "=" + browser.cookie())
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> look(String header, String value) throws Exception {
    return send(PageBrowser.page(link), request -> request.header(header, value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "form=%FORM&username=" + SECRET + "%&password=p",
        "form=%FORM&username=ada&password=" + SECRET + "%sure&more=x",
        "form=%FORM&username=ada&password=" + SECRET + "%",
        "form=%FORM&username=ada&password=" + SECRET + "%e4",
        "form=%FORM&username=ada&password=" + SECRET + "%+1",
        "form=%FORM%zz",
        "%=%",
        "&&=&",
        ""
      })
  void aFormThatIsBrokenIsNotThePages(String body) throws Exception {
    browser.consent(link);
    String form = PageBrowser.form(browser.page());
    for (String path : List.of(browser.below("/credentials"), browser.below("/code"))) {
      HttpResponse<String> answer = post(path, FORM, body.replace("%FORM", form));
      assertEquals(403, answer.statusCode(), path);
      assertTrue(answer.body().contains("not sent from this page"), answer.body());
    }
    // The browser that has consented is led to its page, whatever it sends.
    assertEquals(303, post(PageBrowser.path(link), FORM, body).statusCode());
    assertEquals("opened", client.status(link));
  }

  @Test
  void aFormOfManyFieldsIsReadLikeAnyOther() throws Exception {
    browser.consent(link);
    assertEquals(403, post(browser.below("/credentials"), FORM, "a=b&".repeat(2_000)).statusCode());
    String form = PageBrowser.form(browser.page());
    String typed = "&username=ada%2B2fa%40example.com&password=" + "%C3%A4+%26%20x";
    assertEquals(
        303,
        post(browser.below("/credentials"), FORM, "form=" + form + typed + "&a=b".repeat(2_000))
            .statusCode());
    browser.shows("LinkedIn asks for a code");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json",
        "multipart/form-data; boundary=x",
        "multipart/form-data",
        FORM + "; charset=nonsense"
      })
  void whateverItSaysThatItIsItHasAPage(String type) throws Exception {
    browser.consent(link);
    assertEquals(
        403,
        post(browser.below("/credentials"), type, "form=x&password=" + SECRET + "%").statusCode());
    HttpResponse<String> elsewhere =
        send(
            PageBrowser.path(link),
            request ->
                request
                    .header("Origin", "https://evil.example")
                    .header("Content-Type", type)
                    .POST(BodyPublishers.ofString("form=" + SECRET + "%")));
    assertEquals(403, elsewhere.statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"$Version=x; ", "$Version=1, x=y; ", "=; ", "a; ", "a=\"; ", ";;, "})
  void aCookieOfSomebodyElsesKeepsNobodyOut(String before) throws Exception {
    browser.consent(link);
    String own = PageBrowser.cookieName(link) + "=" + browser.cookie();
    HttpResponse<String> page = look("Cookie", before + own);
    if (before.endsWith("; ")) {
      assertEquals(200, page.statusCode());
      assertTrue(page.body().contains("Sign in with your LinkedIn"), page.body());
    }
    assertEquals(403, look("Cookie", "$Version=" + SECRET).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x=y,%s", "x=y, %s", ",%s", "$Version=1,%s", "x=\"a; %s", "%s,x=y"})
  void aSiteBesideCannotMakeUpTheCookie(String header) throws Exception {
    browser.consent(link);
    String own = PageBrowser.cookieName(link) + "=" + browser.cookie();
    int status = look("Cookie", header.replace("%s", own)).statusCode();
    // A quote begins nothing that would hide what is behind a semicolon.
    assertEquals(header.contains("; ") ? 200 : 403, status);
  }

  @Test
  void whatJavasCookieManagerSendsIsRead() throws Exception {
    browser.consent(link);
    String sent =
        "$Version=\"1\"; "
            + PageBrowser.cookieName(link)
            + "=\""
            + browser.cookie()
            + "\";$Path=\"/\";$Domain=\"localhost.local\"";
    assertEquals(200, look("Cookie", sent).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "en,-", "--", ",", ";", ";q=", "*;q=2", "de;q=x", "\u00e4", "-;q=1"})
  void aLanguageThatIsNoneIsEnglish(String header) throws Exception {
    browser.consent(link);
    HttpResponse<String> page =
        send(
            PageBrowser.page(link),
            request ->
                request
                    .header("Accept-Language", header)
                    .header("Cookie", PageBrowser.cookieName(link) + "=" + browser.cookie()));
    assertEquals(200, page.statusCode());
    assertEquals(403, look("Accept-Language", header).statusCode());
  }

  @Test
  void aCookieThatThisPageDidNotMakeIsNotAdopted() {
    Made other = client.link(link.identity(), Map.of("locale", "en"));
    String ofAnother = browser.open(other).cookie(PageBrowser.cookieName(other));
    for (String planted : List.of("C".repeat(43), ofAnother)) {
      PageBrowser victim = new PageBrowser().with(link, planted);
      assertNotEquals(planted, victim.open(link).cookie(PageBrowser.cookieName(link)));
      String form =
          PageBrowser.form(victim.with(link, planted).request().get(PageBrowser.path(link)));
      String bound =
          victim.posting(form).post(PageBrowser.path(link)).cookie(PageBrowser.cookieName(link));
      assertNotEquals(planted, bound);
      victim.page().then().statusCode(403);
      victim.with(link, bound).page().then().statusCode(200);
      link = client.link(link.identity(), Map.of("locale", "en"));
    }
  }

  @Test
  void theNameOfTheReleaseBeforeBindsNothing() {
    String old = "D".repeat(43);
    String form = PageBrowser.form(given().cookie("connect", old).get(PageBrowser.path(link)));
    given()
        .cookie("connect", old)
        .header("Origin", "http://localhost:8080")
        .formParam("form", form)
        .redirects()
        .follow(false)
        .post(PageBrowser.path(link))
        .then()
        .statusCode(303);
    given()
        .cookie("connect", old)
        .get(PageBrowser.page(link))
        .then()
        .statusCode(403)
        .body(containsString("Open your link again"));
  }
}
