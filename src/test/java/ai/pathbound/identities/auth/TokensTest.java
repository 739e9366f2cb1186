package ai.pathbound.identities.auth;

import static ai.pathbound.identities.devmode.DevTokens.ALL_SCOPES;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import ai.pathbound.identities.devmode.DevTokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TokensTest {
  private static final String GUARDED = "/probe/caller";

  private static Map<String, Object> claims() {
    return DevTokens.claims("acme", "ada", ALL_SCOPES);
  }

  @Test
  void aGoodTokenNamesItsCaller() {
    given()
        .auth()
        .oauth2(DevTokens.mint("acme", "ada", "identities:read"))
        .get(GUARDED)
        .then()
        .statusCode(200)
        .body("subject", equalTo("ada"));
  }

  @Test
  void withoutATokenTheChallengeNamesNoError() {
    given()
        .get(GUARDED)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer")
        .body("code", equalTo("unauthorized"));
    given()
        .header("Authorization", "Basic YTpi")
        .get(GUARDED)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer");
  }

  @Test
  void aMissingScopeIsNamed() {
    given()
        .auth()
        .oauth2(DevTokens.mint("acme", "ada", "identities:write"))
        .get(GUARDED)
        .then()
        .statusCode(403)
        .header(
            "WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"identities:read\"")
        .body("code", equalTo("insufficient_scope"));
  }

  static Stream<Arguments> scopeClaims() {
    return Stream.of(
        Arguments.of(Map.of("scope", "a identities:read"), 200),
        Arguments.of(Map.of("scp", List.of("identities:read")), 200),
        Arguments.of(Map.of("scopes", List.of("x", "identities:read")), 200),
        Arguments.of(Map.of("scp", "identities:read"), 200),
        Arguments.of(Map.of(), 403),
        Arguments.of(Map.of("scope", "IDENTITIES:READ"), 403),
        Arguments.of(Map.of("scope", List.of("identities:read")), 403),
        Arguments.of(Map.of("scp", Arrays.asList(null, 5)), 403),
        Arguments.of(Map.of("groups", List.of("identities:read")), 403),
        Arguments.of(Map.of("roles", "identities:read"), 403));
  }

  @ParameterizedTest
  @MethodSource("scopeClaims")
  void rolesComeFromScopesAlone(Map<String, Object> scopes, int status) {
    Map<String, Object> claims = claims();
    claims.remove("scope");
    claims.putAll(scopes);
    given()
        .auth()
        .oauth2(DevTokens.sign(DevTokens.header(), claims))
        .get(GUARDED)
        .then()
        .statusCode(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at+jwt", "application/at+jwt", "JWT", "jwt", "AT+JWT"})
  void theTypesOfAccessTokensAreTaken(String type) {
    Map<String, Object> header = DevTokens.header();
    header.put("typ", type);
    given().auth().oauth2(DevTokens.sign(header, claims())).get(GUARDED).then().statusCode(200);
    header.remove("typ");
    given().auth().oauth2(DevTokens.sign(header, claims())).get(GUARDED).then().statusCode(200);
  }

  @Test
  void aListedAlgorithmOfTheSameKeyIsTaken() {
    Map<String, Object> header = DevTokens.header();
    header.put("alg", "PS256");
    given().auth().oauth2(DevTokens.sign(header, claims())).get(GUARDED).then().statusCode(200);
  }
}
