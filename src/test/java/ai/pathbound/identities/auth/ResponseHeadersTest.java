package ai.pathbound.identities.auth;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.pathbound.identities.Client;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer says to whoever shows or keeps it, and what none says. */
@QuarkusTest
class ResponseHeadersTest {
  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";
  private static final String ORIGIN = "https://elsewhere.example";

  /** Names of software or of versions of it. */
  private static final Set<String> TELLING =
      Set.of("server", "via", "x-powered-by", "x-aspnet-version", "x-quarkus");

  private final Client client = Client.ofNewTenant();

  static Stream<String> ofTheApi() {
    return Stream.of("success", "bad body", "no token", "no scope", "unknown path", "too large");
  }

  private Response answer(String what) {
    return switch (what) {
      case "success" -> client.request().get(Client.IDENTITIES);
      case "bad body" -> client.json("{").post(Client.IDENTITIES);
      case "no token" -> RestAssured.get(Client.IDENTITIES);
      case "no scope" -> client.withScope("").request().get(Client.IDENTITIES);
      case "unknown path" -> RestAssured.get("/v1/nothing");
      case "too large" ->
          client
              .request()
              .contentType(ContentType.JSON)
              .body("\"" + "x".repeat(70_000) + "\"")
              .post(Client.IDENTITIES);
      default -> throw new IllegalArgumentException(what);
    };
  }

  private static void isGuarded(Response answer) {
    answer
        .then()
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .header("Strict-Transport-Security", nullValue());
    Set<String> names =
        answer.headers().asList().stream()
            .map(header -> header.getName().toLowerCase(java.util.Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    names.retainAll(TELLING);
    assertFalse(!names.isEmpty(), names.toString());
    assertFalse(answer.headers().toString().matches("(?is).*(quarkus|vert\\.?x|netty).*"));
  }

  @ParameterizedTest
  @MethodSource("ofTheApi")
  void anAnswerOfTheApiIsKeptAndShownByNobody(String what) {
    Response answer = answer(what);
    isGuarded(answer);
    answer.then().header("Cache-Control", "no-store").header("Content-Security-Policy", NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/q/health/live", "/q/metrics", "/q/openapi", "/nothing", "/"})
  void anAnswerBesideTheApiIsShownByNobodyEither(String path) {
    Response answer = RestAssured.get(path);
    isGuarded(answer);
    answer.then().header("Content-Security-Policy", NOTHING);
  }

  @Test
  void headersBeyondTheLimitAreRefused() {
    RestAssured.given()
        .header("X-Large", "x".repeat(17_000))
        .get(Client.IDENTITIES)
        .then()
        .statusCode(431);
    client
        .request()
        .header("X-Large", "x".repeat(8_000))
        .get(Client.IDENTITIES)
        .then()
        .statusCode(200);
  }

  @Test
  void noOtherOriginMayReadAnything() {
    Response read = client.request().header("Origin", ORIGIN).get(Client.IDENTITIES);
    read.then().statusCode(200).header("Access-Control-Allow-Origin", nullValue());
    Response asked =
        RestAssured.given()
            .header("Origin", ORIGIN)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "authorization,content-type")
            .options(Client.IDENTITIES);
    asked
        .then()
        .header("Access-Control-Allow-Origin", nullValue())
        .header("Access-Control-Allow-Methods", nullValue())
        .header("Access-Control-Allow-Headers", nullValue());
  }

  @Test
  void swaggerUiMayRunWhatItBrings() {
    Response page = RestAssured.get("/q/swagger-ui/");
    page.then()
        .statusCode(equalTo(200))
        .header("Content-Security-Policy", containsString("script-src 'self'"))
        .header("Content-Security-Policy", containsString("frame-ancestors 'none'"));
    // The policy allows this origin alone.
    assertFalse(page.asString().matches("(?s).*(src|href)=\"https?://.*"), page.asString());
  }
}
