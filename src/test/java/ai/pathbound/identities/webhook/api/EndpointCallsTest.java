package ai.pathbound.identities.webhook.api;

import static ai.pathbound.identities.webhook.WebhookClient.ENDPOINTS;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.webhook.WebhookClient;
import ai.pathbound.identities.webhook.WebhookClient.Made;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls for webhook endpoints, as the contract has them. */
@QuarkusTest
class EndpointCallsTest {
  private static final String NEVER_MADE = "whe_01jv3ve1twetnar2zsd0c36jyb";
  private static final String URL = "https://hooks.invalid/linkedin";

  private final WebhookClient client = WebhookClient.ofNewTenant();

  @Test
  void anEndpointIsMadeReadChangedAndDeleted() {
    Response made =
        client.create(
            Map.of(
                "url",
                URL,
                "events",
                List.of("linkedin.login.failed", "linkedin.login.failed"),
                "description",
                "  the desk "));
    String id = made.path("endpoint.endpoint_id");
    made.then()
        .statusCode(201)
        .header("Location", ENDPOINTS + "/" + id)
        .body("status", equalTo("success"))
        .body("secret", matchesPattern("whsec_[A-Za-z0-9+/]{43}="))
        .body("endpoint.url", equalTo(URL))
        .body("endpoint.events", contains("linkedin.login.failed"))
        .body("endpoint.description", equalTo("the desk"))
        .body("endpoint.enabled", equalTo(true))
        .body("endpoint.disabled_reason", nullValue());
    client.get(id).then().statusCode(200).body("secret", nullValue());
    client
        .update(id, Map.of("enabled", false, "description", ""))
        .then()
        .statusCode(200)
        .body("endpoint.enabled", equalTo(false))
        .body("endpoint.disabled_reason", equalTo("switched_off"))
        .body("endpoint.description", nullValue())
        .body("endpoint.url", equalTo(URL));
    client
        .update(id, Map.of("enabled", true, "url", URL + "2"))
        .then()
        .body("endpoint.enabled", equalTo(true))
        .body("endpoint.disabled_reason", nullValue())
        .body("endpoint.url", equalTo(URL + "2"));
    client.client().request().get(ENDPOINTS).then().body("endpoints.endpoint_id", contains(id));
    client
        .delete(id)
        .then()
        .statusCode(200)
        .body("message", notNullValue())
        .body("endpoint_id", equalTo(id));
    client.get(id).then().statusCode(404);
    client.delete(id).then().statusCode(404);
    client.client().request().get(ENDPOINTS).then().body("endpoints", hasSize(0));
  }

  @Test
  void everyChangeStandsInTheTrailAndNoSecretDoes() {
    Made made = client.endpoint(URL);
    client.update(made.id(), Map.of("enabled", false));
    String rotated = client.post(made.id(), "rotate", Map.of("overlap_hours", 0)).path("secret");
    client.delete(made.id());
    Response trail = client.client().request().get("/v1/audit");
    trail
        .then()
        .body(
            "events.action",
            contains(
                "endpoint_created", "endpoint_updated", "endpoint_rotated", "endpoint_deleted"))
        .body("events.endpoint_id", everyItem(equalTo(made.id())))
        .body("events.identity_id", everyItem(nullValue()))
        .body("events.actor", everyItem(equalTo("tester")))
        .body("events.outcome", everyItem(equalTo("success")));
    assertEquals(false, trail.asString().contains(made.secret()));
    assertEquals(false, trail.asString().contains(rotated));
  }

  @Test
  void theEleventhIsOneTooManyHoweverManyComeAtOnce() {
    List<Integer> statuses =
        IntStream.range(0, 14)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> client.create(Map.of("url", URL)).statusCode()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
    assertEquals(10, statuses.stream().filter(status -> status == 201).count(), statuses::toString);
    client
        .create(Map.of("url", URL))
        .then()
        .statusCode(409)
        .body("code", equalTo("too_many_endpoints"));
    String one = client.client().request().get(ENDPOINTS).path("endpoints[0].endpoint_id");
    client.delete(one);
    client.create(Map.of("url", URL)).then().statusCode(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.invalid/", "https://10.0.0.1/", "https://169.254.169.254/latest",
        "https://[fc00::1]/", "https://2130706433/", "https://user:pw@hooks.invalid/",
        "ftp://hooks.invalid/", "nonsense", ""
      })
  void aUrlThatLeadsInsideOrIsNoneIsRefusedOnCreateAndOnUpdate(String url) {
    client
        .create(Map.of("url", url))
        .then()
        .statusCode(400)
        .body("code", equalTo("url_not_allowed"));
    Made made = client.endpoint(URL);
    client
        .update(made.id(), Map.of("url", url))
        .then()
        .statusCode(400)
        .body("code", equalTo("url_not_allowed"));
    client.get(made.id()).then().body("endpoint.url", equalTo(URL));
  }

  static Stream<Map<String, Object>> invalid() {
    Map<String, Object> nulls = new HashMap<>();
    nulls.put("url", null);
    return Stream.of(
        Map.of(),
        nulls,
        Map.of("url", 5),
        Map.of("url", URL, "events", List.of()),
        Map.of("url", URL, "events", List.of("linkedin.login.unheard")),
        Map.of("url", URL, "events", List.of(1)),
        Map.of("url", URL, "events", "linkedin.login.failed"),
        Map.of("url", URL, "description", "x".repeat(501)),
        Map.of("url", URL, "description", "a\u0000b"));
  }

  @Test
  void anUpdateWithoutAnyEventReturnsToAllOfThem() {
    Made made = client.endpoint(URL, "linkedin.login.failed");
    client
        .update(made.id(), Map.of("description", "desk"))
        .then()
        .body("endpoint.events", contains("linkedin.login.failed"));
    client
        .update(made.id(), Map.of("events", List.of()))
        .then()
        .statusCode(200)
        .body("endpoint.events", nullValue());
    client.get(made.id()).then().body("endpoint.events", nullValue());
    Map<String, Object> none = new HashMap<>();
    none.put("events", null);
    client.update(made.id(), none).then().statusCode(400);
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void aBodyThatIsNotValidIsRefused(Map<String, Object> body) {
    client.create(body).then().statusCode(400).body("code", equalTo("invalid_request"));
  }

  @ParameterizedTest
  @CsvSource({"-1", "73", "1.5", "'\"24\"'", "null"})
  void anOverlapIsAWholeNumberOfHoursUpTo72(String hours) {
    Made made = client.endpoint(URL);
    client
        .client()
        .json("{\"overlap_hours\":" + hours + "}")
        .post(ENDPOINTS + "/" + made.id() + "/rotate")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"));
    for (int good : new int[] {0, 72}) {
      client
          .post(made.id(), "rotate", Map.of("overlap_hours", good))
          .then()
          .statusCode(200)
          .body("secret", not(equalTo(made.secret())));
    }
    client.client().request().post(ENDPOINTS + "/" + made.id() + "/rotate").then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2026-04-29",
        "2026-04-29T12:00:00",
        "+1000000000-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z"
      })
  void aRecoveryIsSinceATimeOfRfc3339(String since) {
    Made made = client.endpoint(URL);
    client
        .post(made.id(), "recover", Map.of("since", since))
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"));
    client.post(made.id(), "recover", Map.of()).then().statusCode(400);
    client
        .post(made.id(), "recover", Map.of("since", "2026-04-29T14:00:00+02:00"))
        .then()
        .statusCode(200)
        .body("messages", equalTo(0));
  }

  @Test
  void nothingIsSentToOneThatIsSwitchedOff() {
    Made made = client.endpoint(URL);
    client.update(made.id(), Map.of("enabled", false));
    for (Response refused :
        List.of(
            client.post(made.id(), "test", Map.of()),
            client.post(made.id(), "recover", Map.of("since", "2026-04-29T12:00:00Z")))) {
      refused.then().statusCode(409).body("code", equalTo("endpoint_disabled"));
    }
  }

  @Test
  void aListOfDeliveriesHasPagesAndRefusesWhatIsNone() {
    Made made = client.endpoint(URL);
    String first = client.test(made.id());
    String second = client.test(made.id());
    String path = ENDPOINTS + "/" + made.id() + "/deliveries";
    client
        .client()
        .request()
        .queryParam("limit", 1)
        .get(path)
        .then()
        .body("deliveries.message_id", contains(second))
        .body("pagination.next_after", equalTo(second));
    client
        .client()
        .request()
        .queryParam("limit", 1)
        .queryParam("after", second)
        .get(path)
        .then()
        .body("deliveries.message_id", contains(first))
        .body("pagination.next_after", nullValue());
    client.client().request().queryParam("limit", 0).get(path).then().statusCode(400);
    client.client().request().queryParam("after", "x").get(path).then().statusCode(400);
  }

  @Test
  void anotherTenantsEndpointsAndMessagesDoNotExist() {
    Made made = client.endpoint(URL);
    String message = client.test(made.id());
    WebhookClient stranger = WebhookClient.ofNewTenant();
    String before = client.get(made.id()).asString();
    for (String id : List.of(made.id(), NEVER_MADE, "whe_x", "id_01jv3ve1twetnar2zsd0c36jyb")) {
      for (Response answer :
          List.of(
              stranger.get(id),
              stranger.update(id, Map.of("nonsense", 1)),
              stranger.delete(id),
              stranger.post(id, "rotate", Map.of("overlap_hours", -1)),
              stranger.post(id, "test", Map.of()),
              stranger.post(id, "recover", Map.of()),
              stranger.client().request().get(ENDPOINTS + "/" + id + "/deliveries?limit=0"))) {
        answer.then().statusCode(404).body("code", equalTo("not_found"));
      }
    }
    for (String id : List.of(message, "msg_01jv3ve1twetnar2zsd0c36jyb", "msg_x")) {
      stranger.resend(id).then().statusCode(404);
    }
    assertEquals(before, client.get(made.id()).asString());
    stranger.client().request().get(ENDPOINTS).then().body("endpoints", hasSize(0));
  }

  @Test
  void readingAndWritingAreScopesOfTheirOwn() {
    Made made = client.endpoint(URL);
    WebhookClient reader = new WebhookClient(client.client().withScope("webhooks:read"));
    WebhookClient writer = new WebhookClient(client.client().withScope("webhooks:write"));
    reader.get(made.id()).then().statusCode(200);
    reader.delete(made.id()).then().statusCode(403);
    writer.get(made.id()).then().statusCode(403);
    writer.client().request().get(ENDPOINTS).then().statusCode(403);
    writer.delete(made.id()).then().statusCode(200);
  }
}
