package ai.pathbound.identities.connect.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.connect.ConnectClient.Made;
import ai.pathbound.identities.program.ProductionEnvironment;
import ai.pathbound.identities.program.Program;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page as the packaged program serves it in production, where holders come by https: templates,
 * messages, files and the cookie that no test in the JVM sees.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PackagedPageIT {
  private static final String OWN = "https://connect.example.com";
  private static final Duration SOON = Duration.ofSeconds(5);

  private static ProductionEnvironment surroundings;
  private static Program program;

  private final ConnectClient client = ConnectClient.ofNewTenant();

  @BeforeAll
  static void start() {
    surroundings = ProductionEnvironment.start(Map.of("IDENTITIES_CONNECT_BASE_URL", OWN));
    program = Program.start("page", surroundings.environment());
    RestAssured.baseURI = program.url();
  }

  @AfterAll
  static void stop() throws Exception {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
    for (AutoCloseable each : new AutoCloseable[] {program, surroundings}) {
      if (each != null) {
        each.close();
      }
    }
  }

  private Made link() {
    return client.link(client.client().newIdentity());
  }

  @Test
  @Order(1)
  void theFirstPageOfAColdProgramComesSoon() {
    Made link = link();
    long begun = System.nanoTime();
    given().get(PageBrowser.path(link)).then().statusCode(200).body(containsString("I agree"));
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    System.out.println("the first page of a cold program took " + took.toMillis() + " ms");
    assertTrue(took.compareTo(SOON) < 0, took.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "en,I agree,Sign in with your LinkedIn account",
    "de,Ich willige ein,Melden Sie sich mit Ihrem LinkedIn-Konto an",
    "fr,J’accepte,Connectez-vous avec votre compte LinkedIn",
    "es,Acepto,Inicie sesión con su cuenta de LinkedIn"
  })
  @Order(2)
  void itIsConsentedToInEachLanguage(String language, String agree, String asked) {
    Made link = link();
    Response page = given().header("Accept-Language", language).get(PageBrowser.path(link));
    page.then().statusCode(200).body(containsString(agree));
    assertEquals(
        new TreeSet<>(List.of("HttpOnly", "Path=/", "SameSite=Lax", "Secure")),
        attributes(page.header("Set-Cookie"), "__Host-connect-" + link.id()));
    Map<String, String> cookies = page.cookies();
    given()
        .redirects()
        .follow(false)
        .cookies(cookies)
        .header("Accept-Language", language)
        .header("Origin", OWN)
        .contentType("application/x-www-form-urlencoded; charset=UTF-8")
        .formParam("form", PageBrowser.form(page))
        .post(PageBrowser.path(link))
        .then()
        .statusCode(303)
        .header("Location", equalTo(PageBrowser.page(link)));
    given()
        .cookies(cookies)
        .header("Accept-Language", language)
        .get(PageBrowser.page(link))
        .then()
        .statusCode(200)
        .body(containsString(asked))
        .body(containsString("<html lang=\"" + language + "\">"));
    assertEquals("opened", client.status(link));
    Matcher files =
        Pattern.compile("(?:href|src)=\"(/connect/assets/[^\"]+)\"").matcher(page.asString());
    int found = 0;
    while (files.find()) {
      given()
          .get(files.group(1))
          .then()
          .statusCode(200)
          .header("Cache-Control", containsString("immutable"));
      found++;
    }
    assertEquals(3, found, "the stylesheet, the script and the icon");
  }

  /** What a cookie of that name is set with, but for its value and for how long it is kept. */
  private static TreeSet<String> attributes(String header, String name) {
    List<String> parts = Arrays.stream(header.split(";")).map(String::strip).toList();
    assertTrue(parts.get(0).matches(Pattern.quote(name) + "=[A-Za-z0-9_-]{43}"), header);
    TreeSet<String> attributes = new TreeSet<>(parts.subList(1, parts.size()));
    attributes.removeIf(each -> each.startsWith("Max-Age=") || each.startsWith("Expires="));
    attributes.removeIf(each -> each.startsWith("Version="));
    return attributes;
  }

  @Test
  @Order(3)
  void nothingOfItFailed() {
    assertEquals("", program.errors());
    assertTrue(
        program.log().contains("quarkus.http.proxy.proxy-address-forwarding is not"),
        "who has https in front is told what is missing");
  }
}
