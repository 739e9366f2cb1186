package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.program.TraceCollector.Received;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.restassured.RestAssured;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an operator sees of a login that one process accepts and another one drives. */
@Tag("faults")
class TracingIT {
  private static final String SERVING = "serving";
  private static final String WORKING = "working";
  private static final String CLAIM = "login claim";
  private static final String BEGIN = "login connector begin";
  private static final String ANSWER = "login connector answer";
  private static final String LOOK = "login connector look";
  private static final String SETTLE = "login settle";
  private static final String TYPED = "ada.secret";
  private static final String REQUEST = "/v1/identities/{identity_id}/linkedin/login";

  private static TraceCollector collector;
  private static ProductionEnvironment surroundings;
  private static Program serving;
  private static Program working;

  private final Client client = Client.ofNewTenant();

  @BeforeAll
  static void start() {
    collector = new TraceCollector();
    surroundings = ProductionEnvironment.start(Map.of("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true"));
    serving = program(SERVING, Map.of("IDENTITIES_LINKEDIN_WORKER_SLOTS", "0"));
    working = program(WORKING, Map.of());
    RestAssured.baseURI = serving.url();
  }

  private static Program program(String name, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(surroundings.environment());
    environment.putAll(collector.settings(name));
    environment.putAll(more);
    return Program.start("tracing-" + name, environment);
  }

  @AfterAll
  static void stop() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
    serving.close();
    working.close();
    surroundings.close();
    collector.close();
  }

  @Test
  void aLoginIsOneTraceFromItsRequestInOneProcessToItsEndInAnother() {
    String session = client.connect(client.newIdentity(), TYPED + "@example.com");
    List<Received> spans = spans(session, 3);
    assertEquals(List.of(CLAIM, BEGIN, SETTLE), names(spans));
    requireOneTrace(spans);
    assertEquals("queued", spans.get(0).attribute("identities.status"));
    assertEquals("completed", spans.get(2).attribute("identities.status"));
  }

  @Test
  void whatHappensAfterACodeIsInTheTraceOfTheLoginToo() {
    String identity = client.newIdentity();
    String session = client.loggingIn(identity, TYPED + "+2fa@example.com");
    client.settled(identity, session);
    client.code(identity, session, "123456").then().statusCode(200);
    client.ended(identity, session);
    List<Received> spans = spans(session, 6);
    assertEquals(List.of(CLAIM, BEGIN, SETTLE, CLAIM, ANSWER, SETTLE), names(spans));
    requireOneTrace(spans);
  }

  @Test
  void looksForAConfirmationAreInTheTraceOfTheLoginToo() {
    String identity = client.newIdentity();
    String session = client.loggingIn(identity, TYPED + "+app@example.com");
    client.ended(identity, session);
    List<Received> spans = spans(session, 6);
    assertEquals(List.of(CLAIM, BEGIN, SETTLE, CLAIM, LOOK, SETTLE), names(spans).subList(0, 6));
    requireOneTrace(spans);
  }

  @Test
  void theTraceOfTheClientGoesOn() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    String identity = client.newIdentity();
    String session =
        client
            .json(Map.of("username", TYPED + "@example.com", "password", TYPED))
            .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
            .post(Client.IDENTITIES + "/" + identity + "/linkedin/login")
            .then()
            .statusCode(200)
            .extract()
            .path("login_result.session_id");
    client.ended(identity, session);
    List<Received> spans = spans(session, 3);
    requireOneTrace(spans);
    assertEquals(trace, spans.get(0).trace());
    assertEquals("00f067aa0ba902b7", request(spans.get(0)).parent());
  }

  @Test
  void aLineOfTheLogNamesTenantLoginAndTrace() throws IOException {
    String session = client.connect(client.newIdentity(), TYPED + "@example.com");
    String trace = spans(session, 3).get(0).trace();
    for (Program program : List.of(serving, working)) {
      List<JsonNode> lines = lines(program, session);
      assertFalse(lines.isEmpty());
      for (JsonNode line : lines) {
        JsonNode fields = line.path("mdc");
        assertEquals(client.tenant(), fields.path("tenant").asText(), line.toString());
        assertEquals(session, fields.path("session").asText(), line.toString());
        assertEquals(trace, fields.path("traceId").asText(), line.toString());
      }
    }
    assertEquals(1, lines(serving, session).size());
    assertEquals(2, lines(working, session).size());
  }

  @Test
  void nothingThatAPersonTypedIsInATraceOrInTheLog() {
    String identity = client.newIdentity();
    String session = client.loggingIn(identity, TYPED + "+2fa@example.com");
    client.settled(identity, session);
    client.code(identity, session, "123456").then().statusCode(200);
    client.ended(identity, session);
    spans(session, 6);
    for (Received received : collector.spans()) {
      String all = received.span().toString();
      assertFalse(all.contains(TYPED) || all.contains("any password"), all);
    }
    for (Program program : List.of(serving, working)) {
      assertFalse(program.log().contains(TYPED) || program.log().contains("any password"));
    }
  }

  /** Those of a login's worker, oldest first, once so many have come. */
  private static List<Received> spans(String session, int atLeast) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                collector.spans().stream()
                    .filter(span -> span.attribute("identities.session").equals(session))
                    .sorted(
                        java.util.Comparator.comparingLong(
                            span -> span.span().getStartTimeUnixNano()))
                    .toList(),
            spans -> spans.size() >= atLeast);
  }

  private static List<String> names(List<Received> spans) {
    return spans.stream().map(Received::name).toList();
  }

  private void requireOneTrace(List<Received> spans) {
    Received request = request(spans.get(0));
    assertEquals(SERVING, request.program());
    assertEquals(SpanKind.SPAN_KIND_SERVER, request.span().getKind());
    assertTrue(request.name().endsWith(REQUEST), request.name());
    for (Received span : spans) {
      assertEquals(WORKING, span.program());
      assertEquals(request.trace(), span.trace());
      assertEquals(request.id(), span.parent());
      assertEquals(client.tenant(), span.attribute("identities.tenant"));
      assertTrue(span.span().getStartTimeUnixNano() <= span.span().getEndTimeUnixNano());
    }
    Set<String> whole =
        collector.spans().stream()
            .filter(span -> span.trace().equals(request.trace()))
            .filter(span -> span.name().endsWith(REQUEST))
            .map(Received::id)
            .collect(Collectors.toSet());
    assertEquals(Set.of(request.id()), whole, "one trace holds one login");
  }

  private static Received request(Received child) {
    return Awaitility.await()
        .until(
            () ->
                collector.spans().stream()
                    .filter(span -> span.id().equals(child.parent()))
                    .findFirst()
                    .orElse(null),
            found -> found != null);
  }

  private static List<JsonNode> lines(Program program, String session) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : program.log().lines().toList()) {
      if (line.contains(session)) {
        lines.add(json.readTree(line));
      }
    }
    return lines;
  }
}
