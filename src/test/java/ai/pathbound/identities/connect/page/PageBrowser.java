package ai.pathbound.identities.connect.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.TestClock;
import ai.pathbound.identities.connect.ConnectClient.Made;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A browser of few words: it keeps one cookie, runs no script and follows nothing by itself. */
final class PageBrowser {
  static final String COOKIE = "connect";
  static final String PASSWORD = "pässword & more";

  private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");
  private static final Pattern VERSION = Pattern.compile("data-version=\"([^\"]+)\"");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private String cookie = "";

  /** One that nobody has counted: all come from one address, of which a minute takes so many. */
  static PageBrowser fresh() {
    TestClock.advance(Duration.ofMinutes(1));
    return new PageBrowser();
  }

  static String path(Made link) {
    return "/connect/" + link.token();
  }

  String cookie() {
    return cookie;
  }

  PageBrowser with(String other) {
    cookie = other;
    return this;
  }

  RequestSpecification request() {
    RequestSpecification request = given().redirects().follow(false);
    return cookie.isEmpty() ? request : request.cookie(COOKIE, cookie);
  }

  /** A POST as a browser sends it from a page under {@code no-referrer}. */
  RequestSpecification posting(String form) {
    return request()
        .header("Origin", "null")
        .header("Sec-Fetch-Site", "same-origin")
        .contentType("application/x-www-form-urlencoded; charset=UTF-8")
        .formParam("form", form);
  }

  Response open(Made link) {
    return request().get(path(link));
  }

  Response page() {
    return request().get("/connect");
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
    done.then().statusCode(303).header("Location", equalTo("/connect"));
    cookie = done.cookie(COOKIE);
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
        .post("/connect/credentials");
  }

  /** Submits a code; whatever is answered. */
  Response code(String code) {
    return posting(form(page())).formParam("code", code).post("/connect/code");
  }

  /** The page once it says that. */
  String shows(String text) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(400))
        .until(() -> page().asString(), page -> page.contains(text));
  }
}
