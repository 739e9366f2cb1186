package ai.pathbound.identities.database;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import ai.pathbound.identities.devmode.DevTokens;
import io.quarkus.test.junit.QuarkusTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OperationsTest {
  @Test
  void readyAsksTheDatabaseForItsSchema() {
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(200)
        .body("status", equalTo("UP"))
        .body("checks.name", hasItem("database schema"));
  }

  @Test
  void liveDoesNotAskTheDatabase() {
    given().get("/q/health/live").then().statusCode(200).body("checks", hasSize(0));
    given().get("/q/health/started").then().statusCode(200).body("checks", hasSize(0));
  }

  @Test
  void metricsNameTemplatesAndNotAddresses() {
    given().get("/probe/failure?kind=CONFLICT").then().statusCode(409);
    given().get("/nowhere/id_secretlooking").then().statusCode(404);
    // A request is counted after its answer went out.
    Awaitility.await()
        .untilAsserted(
            () ->
                given()
                    .get("/q/metrics")
                    .then()
                    .statusCode(200)
                    .body(containsString("http_server_requests_seconds_count"))
                    .body(containsString("uri=\"/probe/failure\""))
                    .body(containsString("uri=\"NOT_FOUND\""))
                    .body(not(containsString("secretlooking"))));
  }

  @Test
  void theDocumentNamesTheSchemeAndTheErrorBody() {
    given()
        .accept("application/json")
        .get("/q/openapi?format=json")
        .then()
        .statusCode(200)
        .body("info.title", equalTo("Pathbound Identities"))
        .body("components.securitySchemes.bearer.scheme", equalTo("bearer"))
        .body("components.schemas", org.hamcrest.Matchers.hasKey("Error"));
  }

  @Test
  void devModesTokenOpensADoor() {
    String token = given().accept("text/plain").get("/dev/token").asString();
    given().auth().oauth2(token).get("/probe/caller").then().statusCode(200);
    given()
        .accept("application/json")
        .queryParam("scope", "identities:write")
        .get("/dev/token")
        .then()
        .statusCode(200)
        .body("token_type", equalTo("Bearer"))
        .body("expires_in", equalTo((int) DevTokens.LIFETIME.toSeconds()));
  }
}
