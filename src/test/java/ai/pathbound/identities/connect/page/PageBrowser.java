package ai.pathbound.identities.connect.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.TestClock;
import ai.pathbound.identities.connect.ConnectClient.Made;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A browser of few words: it keeps cookies, runs no script and follows nothing by itself. */
final class PageBrowser {
  static final String PASSWORD = "pässword & more";

  private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");
  private static final Pattern VERSION = Pattern.compile("data-version=\"([^\"]+)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Map<String, String> cookies = new LinkedHashMap<>();
  private Made at;
  private String language = "";

  /** One that nobody has counted: all come from one address, of which a minute takes so many. */
  static PageBrowser fresh() {
    TestClock.advance(Duration.ofMinutes(1));
    return new PageBrowser();
  }

  static String path(Made link) {
    return "/connect/" + link.token();
  }

  /** Where the page of a link is, for the browser that it is bound to. */
  static String page(Made link) {
    return "/connect/" + link.id();
  }

  /** The name of the cookie that binds a link, on http to this machine. */
  static String cookieName(Made link) {
    return "connect-" + link.id();
  }

  /** The cookie of the link that it is at. */
  String cookie() {
    return cookies.get(cookieName(at));
  }

  /** One that is at a link and has that cookie for it. */
  PageBrowser with(Made link, String cookie) {
    at = link;
    cookies.put(cookieName(link), cookie);
    return this;
  }

  /** Forgets its cookies. */
  PageBrowser forget() {
    cookies.clear();
    return this;
  }

  /** Goes on with the page of a link that it knows. */
  PageBrowser goTo(Made link) {
    at = link;
    return this;
  }

  RequestSpecification request() {
    RequestSpecification request = given().redirects().follow(false).cookies(cookies);
    return language.isEmpty() ? request : request.header("Accept-Language", language);
  }

  /** Asks for that language. */
  PageBrowser speaking(String tag) {
    language = tag;
    return this;
  }

  /** A request for what is below the page of the link that it is at. */
  String below(String path) {
    return page(at) + path;
  }

  /** A POST as a browser sends it from a page under {@code no-referrer}. */
  RequestSpecification posting(String form) {
    return request()
        .header("Origin", "null")
        .header("Sec-Fetch-Site", "same-origin")
        .contentType("application/x-www-form-urlencoded; charset=UTF-8")
        .formParam("form", form);
  }

  /** Looks at a link by its token, and keeps the cookie that comes with the consent. */
  Response open(Made link) {
    Response page = request().get(path(link));
    at = link;
    keep(page);
    return page;
  }

  private void keep(Response answer) {
    answer.cookies().forEach(cookies::put);
  }

  Response page() {
    return request().get(page(at));
  }

  static String form(Response page) {
    return first(FORM, page);
  }

  static String version(Response page) {
    return first(VERSION, page);
  }

  private static String first(Pattern pattern, Response page) {
    Matcher matcher = pattern.matcher(page.asString());
    assertTrue(matcher.find(), page::asString);
    return matcher.group(1);
  }

  /** Consents, and keeps the cookie. */
  Response consent(Made link) {
    Response done = posting(form(open(link))).post(path(link));
    done.then().statusCode(303).header("Location", equalTo(page(link)));
    keep(done);
    return done;
  }

  /** Submits username and password; whatever is answered. */
  Response submit(String username) {
    return submit(username, PASSWORD);
  }

  Response submit(String username, String password) {
    return posting(form(page()))
        .formParam("username", username)
        .formParam("password", password)
        .post(below("/credentials"));
  }

  /** Submits a code; whatever is answered. */
  Response code(String code) {
    return posting(form(page())).formParam("code", code).post(below("/code"));
  }

  /** The page once it says that. */
  String shows(String text) {
    return showing(text).asString();
  }

  /** The same, as it was answered; whatever isolates a name in it. */
  Response showing(String text) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(this::page, page -> page.asString().contains(text));
  }
}
