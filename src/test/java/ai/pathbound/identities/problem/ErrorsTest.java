package ai.pathbound.identities.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.LogRecorder;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.devmode.DevTokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ErrorsTest {
  @TestHTTPResource("/")
  URI root;

  private static RequestSpecification authorized() {
    return given().auth().oauth2(DevTokens.mint("acme", "ada", DevTokens.ALL_SCOPES));
  }

  private static ValidatableResponse isEnvelope(
      ValidatableResponse response, int status, String code) {
    return response
        .statusCode(status)
        .contentType("application/json")
        .body("status", equalTo("error"))
        .body("error", not(emptyOrNullString()))
        .body("code", equalTo(code))
        .body("details", org.hamcrest.Matchers.notNullValue())
        .body("timestamp", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"))
        .body("size()", equalTo(5));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/v1/nothing", "/q/nothing", "/probe/", "/probe/caller/more"})
  void anUnknownPathIsNotFound(String path) {
    isEnvelope(given().get(path).then(), 404, "not_found").body("details", hasSize(0));
  }

  @Test
  void theFieldsComeInTheContractsOrder() {
    String body = given().get("/nothing").asString();
    assertTrue(
        body.matches(
            "\\{\"status\":\"error\",\"error\":\"[^\"]+\",\"code\":\"not_found\",\"details\":\\[],"
                + "\"timestamp\":\"[^\"]+\"}"),
        body);
  }

  @Test
  void aWrongMethodIsToldTheRightOnes() {
    isEnvelope(authorized().delete("/probe/caller").then(), 405, "method_not_allowed")
        .header("Allow", containsString("GET"));
  }

  @Test
  void whoDoesNotAcceptJsonGetsA406InJson() {
    isEnvelope(authorized().accept("text/html").get("/probe/caller").then(), 406, "not_acceptable");
    isEnvelope(given().accept("text/html").get("/nothing").then(), 404, "not_found");
  }

  @Test
  void aBodyThatIsNotJsonByItsTypeIsRefused() {
    isEnvelope(
        authorized().contentType("text/plain").body("{}").post("/probe/fields").then(),
        415,
        "unsupported_media_type");
  }

  @Test
  void headAndOptionsAreServed() {
    authorized().head("/probe/caller").then().statusCode(200);
    given().options("/probe/caller").then().statusCode(200).header("Allow", containsString("GET"));
    given().head("/nothing").then().statusCode(404);
  }

  @Test
  void aBodyOverTheLimitIsRefusedByItsLength() {
    isEnvelope(
        authorized()
            .contentType("application/json")
            .body("{\"text\":\"" + "x".repeat(65_536) + "\"}")
            .post("/probe/fields")
            .then(),
        413,
        "payload_too_large");
  }

  @Test
  void aBodyOfJustTheLimitIsTaken() {
    String frame = "{\"text\":\"\"}";
    authorized()
        .contentType("application/json")
        .body("{\"text\":\"" + "x".repeat(65_536 - frame.length()) + "\"}")
        .post("/probe/fields")
        .then()
        .statusCode(200)
        .body("bytes", equalTo(65_536));
  }

  @Test
  void aChunkedBodyOverTheLimitIsRefused() throws IOException {
    String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
    String error =
        raw(
            "POST /probe/fields HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer "
                + DevTokens.mint("acme", "ada", DevTokens.ALL_SCOPES)
                + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + chunk.repeat(3)
                + "0\r\n\r\n");
    assertTrue(error.startsWith("HTTP/1.1 413"), error);
    assertTrue(error.contains("\"code\":\"payload_too_large\""), error);
  }

  /** Twenty times, since what is logged after the connection was closed may come a moment later. */
  @Test
  void aBodyWhoseChunksCannotBeReadIsNoErrorOfOurs() throws IOException {
    try (LogRecorder warnings = LogRecorder.ofAllWarnings()) {
      for (int i = 0; i < 20; i++) {
        raw(
            "POST /v1/identities HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer "
                + DevTokens.mint("acme", "ada", DevTokens.ALL_SCOPES)
                + "\r\nTransfer-Encoding: chunked\r\n\r\nzzz\r\n{}\r\n0\r\n\r\n");
      }
      assertEquals(List.of(), warnings.lines());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/probe/caller/%00", "/..%2f", "/%ff%fe", "/probe/%2e%2e"})
  void aBrokenAddressIsAnsweredLikeAnyOtherError(String path) throws IOException {
    String error = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertTrue(error.matches("(?s)HTTP/1.1 40[04] .*"), error);
    assertTrue(error.contains("{\"status\":\"error\","), error);
  }

  /** The HTTP server refuses these before anything of ours sees them, and says no more than 400. */
  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/probe/%zz", "/%", "//"})
  void anAddressThatIsNoneIsA400(String path) throws IOException {
    String error = raw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertTrue(error.startsWith("HTTP/1.1 400 "), error);
    assertTrue(error.endsWith("\r\n\r\n"), error);
  }

  @Test
  void aChunkedBodyWithinTheLimitIsTaken() throws IOException {
    String error =
        raw(
            "POST /probe/fields HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer "
                + DevTokens.mint("acme", "ada", DevTokens.ALL_SCOPES)
                + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
                + "5\r\n{\"tex\r\nC\r\nt\":\"halves\"}\r\n0\r\n\r\n");
    assertTrue(error.startsWith("HTTP/1.1 200"), error);
    assertTrue(error.contains("halves"), error);
  }

  @ParameterizedTest
  @EnumSource(RefusalException.Kind.class)
  void aRefusalHasTheStatusOfItsKindAndNoChallenge(RefusalException.Kind kind) {
    isEnvelope(
            given().queryParam("kind", kind).get("/probe/failure").then(),
            HttpStatuses.of(kind),
            "for_a_test")
        .body("error", equalTo("A sentence."))
        .header("Retry-After", "2")
        .header("WWW-Authenticate", nullValue());
  }

  @Test
  void anUnreachableDatabaseIsA503() {
    isEnvelope(given().get("/probe/failure?kind=database").then(), 503, "unavailable")
        .header("Retry-After", "2")
        .body("error", not(containsString("5432")));
  }

  @Test
  void aBugIsA500WhoseIdIsInTheLog() {
    List<LogRecord> errors = new java.util.concurrent.CopyOnWriteArrayList<>();
    Handler recorder =
        new Handler() {
          @Override
          public void publish(LogRecord logged) {
            if (logged.getLevel().intValue() >= Level.SEVERE.intValue()) {
              errors.add(logged);
            }
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("");
    logger.addHandler(recorder);
    try {
      String sentence =
          isEnvelope(given().get("/probe/failure?kind=bug").then(), 500, "internal_error")
              .body("error", not(containsString("select")))
              .body("error", not(containsString("Exception")))
              .extract()
              .path("error");
      String id = sentence.replaceAll(".*: (\\S+)\\.$", "$1");
      assertEquals(1, errors.size());
      LogRecord logged = errors.get(0);
      assertTrue(
          (logged.getMessage() + Arrays.toString(logged.getParameters())).contains(id),
          logged.getMessage());
      assertTrue(logged.getThrown() instanceof IllegalStateException);
    } finally {
      logger.removeHandler(recorder);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "\"x\"",
        "null",
        "5",
        "{} {}",
        "{\"text\":\"a\",\"text\":\"b\"}",
        "{\"text\":5}",
        "{\"text\":true}",
        "{\"text\":null}",
        "{\"number\":\"5\"}",
        "{\"number\":1.5}",
        "{\"number\":1.0}",
        "{\"number\":99999999999}",
        "{\"number\":true}",
        "{\"flag\":\"true\"}",
        "{\"flag\":1}",
        "{\"secret\":5}",
        "{\"secret\":null}",
        "{\"secret\":{\"a\":1}}",
        "{\"text\":[\"a\"]}",
        "{\"text\":\"\\ud800\"}",
        "{\"secret\":\"\\ud800\"}",
        "{\"number\":\"\"}",
        "{\"text\":\"a\"",
        "{'text':\"a\"}",
        "{\"number\":NaN}"
      })
  void aBodyThatIsNotAsDocumentedIsRefusedInOneFinding(String body) {
    isEnvelope(
            authorized().contentType("application/json").body(body).post("/probe/fields").then(),
            400,
            "invalid_request")
        .body("details", hasSize(1))
        .body("details[0].field", matchesPattern("text|number|flag|secret|body"))
        .body("details[0].message", not(containsString("com.")));
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] body = "{\"text\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
    isEnvelope(
        authorized().contentType("application/json").body(body).post("/probe/fields").then(),
        400,
        "invalid_request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "", "  ", "{\"unknown\":null}", "{\"unknown\":{\"text\":[5]}}"})
  void anAbsentBodyAndUnknownFieldsAreFine(String body) {
    authorized()
        .contentType("application/json")
        .body(body)
        .post("/probe/fields")
        .then()
        .statusCode(200)
        .body("text", equalTo("absent"));
  }

  @Test
  void noBodyAndNoTypeAreFine() {
    authorized().noContentType().post("/probe/fields").then().statusCode(200);
  }

  @Test
  void anErrorDoesNotQuoteASecret() {
    authorized()
        .contentType("application/json")
        .body("{\"secret\":[\"hunter2\"]}")
        .post("/probe/fields")
        .then()
        .statusCode(400)
        .body(not(containsString("hunter2")));
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket(root.getHost(), root.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10_240, 10_241, 20_000, 60_000})
  void aChunkedBodyMayBeAsLargeAsAnyOther(int size) throws IOException {
    String json = "{\"firstName\":\"A\",\"lastName\":\"B\",\"role\":\"C\"}";
    byte[] body = (json + " ".repeat(size - json.length())).getBytes(StandardCharsets.US_ASCII);
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://localhost:" + RestAssured.port + "/v1/identities")
                .toURL()
                .openConnection();
    connection.setChunkedStreamingMode(1000);
    connection.setDoOutput(true);
    connection.setRequestProperty("Content-Type", "application/json");
    connection.setRequestProperty(
        "Authorization", "Bearer " + Tokens.of("acme", "tester", Tokens.BOTH));
    connection.getOutputStream().write(body);
    connection.getOutputStream().close();
    assertEquals(201, connection.getResponseCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "", "/status/sess_01jv3ve1twetnar2zsd0c36jyb"})
  void aMethodThatALinkedInPathDoesNotTakeIsA405(String path) {
    Client client = Client.ofNewTenant();
    client
        .request()
        .patch("/v1/identities/id_01jv3ve1twetnar2zsd0c36jyb/linkedin" + path)
        .then()
        .statusCode(405)
        .header("Allow", not(emptyOrNullString()));
  }
}
