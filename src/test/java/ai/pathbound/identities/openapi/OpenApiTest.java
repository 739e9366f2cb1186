package ai.pathbound.identities.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.openapi.ApiDocument.ApiCall;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The OpenAPI document against the contract. */
@QuarkusTest
class OpenApiTest {
  /** RFC 9110, sections 15.3.5 and 15.4.5. */
  private static final Set<Integer> WITHOUT_A_BODY = Set.of(204, 304);

  @Test
  void theServedDocumentIsTheFile() throws JsonProcessingException {
    String served =
        given().get("/q/openapi?format=json").then().statusCode(200).extract().asString();
    assertEquals(ApiDocument.root(), new ObjectMapper().readTree(served));
  }

  @Test
  void everyAnswerToATestIsComparedWithTheDocument() {
    assertTrue(RestAssured.filters().stream().anyMatch(AnswerFilter.class::isInstance));
  }

  @ParameterizedTest
  @CsvSource({
    "post,/v1/identities,identities:write,201 400 401 403 406 413 415 422 429 500 503",
    "get,/v1/identities,identities:read,200 400 401 403 406 429 500 503",
    "get,/v1/identities/{identity_id},identities:read,200 304 401 403 404 406 429 500 503",
    "put,/v1/identities/{identity_id},identities:write,"
        + "200 400 401 403 404 406 412 413 415 429 500 503",
    "delete,/v1/identities/{identity_id},identities:write,200 401 403 404 406 412 429 500 503",
    "post,/v1/identities/{identity_id}/linkedin/login,identities:write,"
        + "200 400 401 403 404 406 409 413 415 422 429 500 503",
    "get,/v1/identities/{identity_id}/linkedin/status/{session_id},identities:write,"
        + "200 204 304 401 403 404 406 429 500 503",
    "post,/v1/identities/{identity_id}/linkedin/code/{session_id},identities:write,"
        + "200 400 401 403 404 406 408 409 413 415 422 423 429 500 502 503",
    "get,/v1/identities/{identity_id}/linkedin/check,identities:write,"
        + "200 401 403 404 406 429 500 502 503",
    "delete,/v1/identities/{identity_id}/linkedin,identities:write,"
        + "200 400 401 403 404 406 429 500 503",
    "post,/v1/identities/{identity_id}/linkedin/connect-links,identities:write,"
        + "201 400 401 403 404 406 409 413 415 422 429 500 503",
    "get,/v1/identities/{identity_id}/linkedin/connect-links,identities:write,"
        + "200 400 401 403 404 406 429 500 503",
    "get,/v1/identities/{identity_id}/linkedin/connect-links/{link_id},identities:write,"
        + "200 401 403 404 406 429 500 503",
    "delete,/v1/identities/{identity_id}/linkedin/connect-links/{link_id},identities:write,"
        + "200 401 403 404 406 409 429 500 503",
    "get,/v1/identities/{identity_id}/linkedin/consent,identities:write,"
        + "200 401 403 404 406 429 500 503",
    "get,/v1/connect/settings,identities:read,200 401 403 404 406 429 500 503",
    "put,/v1/connect/settings,identities:write,200 400 401 403 404 406 413 415 429 500 503",
    "get,/v1/audit,identities:read,200 400 401 403 406 429 500 503",
    "get,/v1/webhooks/endpoints,webhooks:read,200 401 403 406 429 500 503",
    "post,/v1/webhooks/endpoints,webhooks:write,201 400 401 403 406 409 413 415 429 500 503",
    "get,/v1/webhooks/endpoints/{endpoint_id},webhooks:read,200 401 403 404 406 429 500 503",
    "put,/v1/webhooks/endpoints/{endpoint_id},webhooks:write,"
        + "200 400 401 403 404 406 413 415 429 500 503",
    "delete,/v1/webhooks/endpoints/{endpoint_id},webhooks:write,200 401 403 404 406 429 500 503",
    "post,/v1/webhooks/endpoints/{endpoint_id}/rotate,webhooks:write,"
        + "200 400 401 403 404 406 413 415 429 500 503",
    "post,/v1/webhooks/endpoints/{endpoint_id}/test,webhooks:write,"
        + "200 401 403 404 406 409 429 500 503",
    "get,/v1/webhooks/endpoints/{endpoint_id}/deliveries,webhooks:read,"
        + "200 400 401 403 404 406 429 500 503",
    "post,/v1/webhooks/endpoints/{endpoint_id}/recover,webhooks:write,"
        + "200 400 401 403 404 406 409 413 415 429 500 503",
    "post,/v1/webhooks/messages/{message_id}/resend,webhooks:write,"
        + "200 401 403 404 406 429 500 503"
  })
  void everyCallSaysItsScopeAndEveryAnswer(
      String method, String path, String scope, String statuses) {
    ApiCall call =
        ApiDocument.calls().stream()
            .filter(each -> each.toString().equalsIgnoreCase(method + " " + path))
            .findFirst()
            .orElseThrow();
    assertEquals(
        Arrays.stream(statuses.split(" "))
            .map(Integer::valueOf)
            .collect(Collectors.toCollection(TreeSet::new)),
        call.statuses());
    assertEquals(scope, call.scope());
    for (String text : List.of("operationId", "summary", "description")) {
      assertFalse(call.operation().path(text).asText().isBlank(), text);
    }
    Set<Integer> answered = new TreeSet<>(call.statuses());
    answered.removeAll(WITHOUT_A_BODY);
    for (int status : answered) {
      JsonNode schema = call.response(status).at("/content/application~1json/schema");
      assertFalse(schema.isMissingNode(), () -> "nothing is said of " + status);
      assertEquals(status >= 400, schema.toString().contains("schemas/Error"), schema.toString());
    }
  }

  @Test
  void bodiesAreDescribedByTheirFields() {
    ApiCall login =
        ApiDocument.calls().stream()
            .filter(call -> call.path().endsWith("/login"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        Set.of(
            "username",
            "password",
            "session_cookie",
            "session_cookie_a",
            "country",
            "max_verification_wait_time"),
        Set.copyOf(login.fields()));
  }
}
