package ai.pathbound.identities.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import ai.pathbound.identities.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The issuer has not been reached since the start. */
@QuarkusTest
@TestProfile(KeysUnreachableTest.NobodyThere.class)
class KeysUnreachableTest {

  /** Nothing listens on the discard port. */
  public static class NobodyThere implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "mp.jwt.verify.publickey.location",
          "http://127.0.0.1:9/keys",
          "mp.jwt.verify.issuer",
          Tokens.ISSUER,
          "mp.jwt.verify.audiences",
          Tokens.AUDIENCE);
    }
  }

  @Test
  void aTokenIsNotCalledInvalidButTheServiceUnavailable() {
    String token =
        TokenKeys.sign(TokenKeys.rsa(), HostileTokens.goodHeader(), HostileTokens.goodClaims());
    given()
        .auth()
        .oauth2(token)
        .get("/probe/caller")
        .then()
        .statusCode(503)
        .header("Retry-After", "5")
        .header("WWW-Authenticate", (String) null)
        .body("code", equalTo("keys_unavailable"));
    given().get("/probe/caller").then().statusCode(401);
  }
}
