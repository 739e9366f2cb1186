package ai.pathbound.identities.openapi;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The OpenAPI document against the contract. */
@QuarkusTest
class OpenApiTest {
  private JsonPath document;

  @BeforeEach
  void read() {
    document = given().get("/q/openapi?format=json").then().statusCode(200).extract().jsonPath();
  }

  @ParameterizedTest
  @CsvSource({
    "post,/v1/identities,identities:write,201 400 401 403 406 413 415 422 429 500 503",
    "get,/v1/identities,identities:read,200 400 401 403 406 429 500 503",
    "get,/v1/identities/{identity_id},identities:read,200 401 403 404 406 429 500 503",
    "put,/v1/identities/{identity_id},identities:write,"
        + "200 400 401 403 404 406 413 415 429 500 503",
    "delete,/v1/identities/{identity_id},identities:write,200 401 403 404 406 429 500 503",
    "post,/v1/identities/{identity_id}/linkedin/login,identities:write,"
        + "200 400 401 403 404 406 409 413 415 422 429 500 503",
    "get,/v1/identities/{identity_id}/linkedin/status/{session_id},identities:write,"
        + "200 401 403 404 406 429 500 503",
    "post,/v1/identities/{identity_id}/linkedin/code/{session_id},identities:write,"
        + "200 400 401 403 404 406 408 409 413 415 422 423 429 500 502 503",
    "get,/v1/identities/{identity_id}/linkedin/check,identities:write,"
        + "200 401 403 404 406 429 500 502 503",
    "delete,/v1/identities/{identity_id}/linkedin,identities:write,200 401 403 404 406 429 500 503",
    "get,/v1/audit,identities:read,200 400 401 403 406 429 500 503"
  })
  void everyCallSaysItsScopeAndEveryAnswer(
      String method, String path, String scope, String statuses) {
    Map<String, Object> call = document.getMap("paths.'" + path + "'." + method);
    assertNotNull(call, "the call is missing");
    assertEquals(Set.of(statuses.split(" ")), new TreeSet<>(answers(call).keySet()));
    assertTrue(call.get("security").toString().contains(scope), call.get("security").toString());
    assertNotNull(call.get("summary"));
    assertNotNull(call.get("operationId"));
    answers(call)
        .forEach(
            (status, answer) -> {
              String schema = ((Map<?, ?>) answer).get("content").toString();
              assertTrue(schema.contains("#/components/schemas/"), status + ": " + schema);
              assertEquals(!status.startsWith("2"), schema.contains("schemas/Error"), schema);
            });
  }

  @Test
  void bodiesAreDescribedByTheirFields() {
    String login =
        document.getString(
            "paths.'/v1/identities/{identity_id}/linkedin/login'.post.requestBody.content."
                + "'application/json'.schema.'$ref'");
    Map<String, Object> fields =
        document.getMap(
            "components.schemas." + login.substring(login.lastIndexOf('/') + 1) + ".properties");
    assertEquals(
        Set.of("username", "password", "country", "max_verification_wait_time"), fields.keySet());
    assertEquals("string", ((Map<?, ?>) fields.get("password")).get("type").toString());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> answers(Map<String, Object> call) {
    return (Map<String, Object>) call.get("responses");
  }
}
