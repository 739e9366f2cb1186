package ai.pathbound.identities.program;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import ai.pathbound.identities.Client;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of dev mode and tests is not in the packaged program, asked over HTTP. */
@QuarkusIntegrationTest
@WithTestResource(value = PackagedProgram.class, scope = TestResourceScope.MATCHING_RESOURCES)
class DevModeAbsentIT {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dev/token",
        "/dev/token?tenant=acme",
        "/dev",
        "/q/dev",
        "/q/dev/",
        "/q/dev-ui",
        "/q/dev-ui/",
        "/q/dev-v1",
        "/q/arc",
        "/q/arc/beans",
        "/q/swagger-ui",
        "/q/swagger-ui/",
        "/q/health-ui",
        "/q/info",
        "/probe/caller",
        "/"
      })
  void whatIsForDevelopersIsNotThere(String path) {
    given()
        .redirects()
        .follow(false)
        .get(path)
        .then()
        .statusCode(404)
        .body("status", equalTo("error"))
        .body("code", equalTo("not_found"));
  }

  @Test
  void whatAnOperatorAndAClientNeedIsThere() {
    for (String path :
        List.of("/q/health/ready", "/q/metrics", "/q/openapi", "/q/openapi?format=json")) {
      given()
          .get(path)
          .then()
          .statusCode(200)
          .header("X-Content-Type-Options", "nosniff")
          .header("Server", nullValue());
    }
    Client.ofNewTenant()
        .request()
        .header("Origin", "https://elsewhere.example")
        .get(Client.IDENTITIES)
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .header("Access-Control-Allow-Origin", nullValue());
  }
}
