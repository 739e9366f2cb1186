package ai.pathbound.identities.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.devmode.DevTokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The program with an issuer that calls tenant and scopes otherwise. */
@QuarkusTest
@TestProfile(OtherNamesTest.OtherNames.class)
class OtherNamesTest {
  private static final String TENANT = "https://example.com/tenant";

  /** The names that Auth0's tokens have. */
  public static class OtherNames implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "identities.tokens.tenant-claim",
          TENANT,
          "identities.tokens.scope-claims",
          "scope,permissions");
    }
  }

  private static RequestSpecification as(String tenant, String... permissions) {
    Map<String, Object> claims = DevTokens.claims("of the default name", "ada", "openid");
    claims.put(TENANT, tenant);
    claims.put("permissions", List.of(permissions));
    return given().auth().oauth2(DevTokens.sign(DevTokens.header(), claims));
  }

  @Test
  void eachTenantSeesItsOwnAndPermissionsAreScopes() {
    String acme = "acme-" + UUID.randomUUID();
    String globex = "globex-" + UUID.randomUUID();
    String id =
        as(acme, "identities:write")
            .contentType(ContentType.JSON)
            .body(Map.of("firstName", "Ada", "lastName", "Lovelace", "role", "CTO"))
            .post(Client.IDENTITIES)
            .then()
            .statusCode(201)
            .extract()
            .path("identity.identity_id");
    as(acme, "identities:read")
        .get(Client.IDENTITIES)
        .then()
        .statusCode(200)
        .body("identities.identity_id", contains(id));
    as(globex, "identities:read").get(Client.IDENTITIES + "/" + id).then().statusCode(404);
    as(acme).get(Client.IDENTITIES).then().statusCode(403);
  }

  @Test
  void aTokenWithTheDefaultNamesAloneIsRefused() {
    given()
        .auth()
        .oauth2(DevTokens.mint("acme", "ada", DevTokens.ALL_SCOPES))
        .get(Client.IDENTITIES)
        .then()
        .statusCode(401)
        .body("code", equalTo("invalid_token"));
  }
}
