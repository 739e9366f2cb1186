package ai.pathbound.identities.door;

import static ai.pathbound.identities.devmode.DevTokens.ALL_SCOPES;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import ai.pathbound.identities.devmode.DevTokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
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

  private static void isRefused(String token) {
    given()
        .header("Authorization", "Bearer " + token)
        .get(GUARDED)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
        .body("code", equalTo("invalid_token"));
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

  static Stream<Consumer<Map<String, Object>>> badClaims() {
    return Stream.of(
        c -> c.remove("tenant_id"),
        c -> c.put("tenant_id", ""),
        c -> c.put("tenant_id", "  "),
        c -> c.put("tenant_id", 5),
        c -> c.put("tenant_id", "a\u0000b"),
        c -> c.put("tenant_id", "x".repeat(256)),
        c -> c.put("tenant_id", List.of("acme")),
        c -> c.remove("sub"),
        c -> c.put("sub", " "),
        c -> c.put("sub", 5),
        c -> c.put("sub", List.of("ada")),
        c -> c.remove("exp"),
        c -> c.put("exp", 1),
        c -> c.put("exp", "soon"),
        c -> c.put("nbf", 99999999999L),
        c -> c.put("nbf", "later"),
        c -> c.put("iss", "https://elsewhere.invalid"),
        c -> c.remove("iss"),
        c -> c.put("aud", "another"),
        c -> c.put("aud", List.of()),
        c -> c.put("aud", 5),
        c -> c.remove("aud"));
  }

  @ParameterizedTest
  @MethodSource("badClaims")
  void aTokenWithAnUnfitClaimIsRefused(Consumer<Map<String, Object>> spoil) {
    Map<String, Object> claims = claims();
    claims.put("groups", "none");
    spoil.accept(claims);
    isRefused(DevTokens.sign(DevTokens.header(), claims));
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

  @ParameterizedTest
  @ValueSource(strings = {"dpop+jwt", "logout+jwt", "id_token", ""})
  void otherTypesOfTokensAreRefused(String type) {
    Map<String, Object> header = DevTokens.header();
    header.put("typ", type);
    isRefused(DevTokens.sign(header, claims()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS384", "RS512", "PS512"})
  void algorithmsThatAreNotListedAreRefused(String algorithm) {
    Map<String, Object> header = DevTokens.header();
    header.put("alg", algorithm);
    isRefused(DevTokens.sign(header, claims()));
  }

  @Test
  void aListedAlgorithmOfTheSameKeyIsTaken() {
    Map<String, Object> header = DevTokens.header();
    header.put("alg", "PS256");
    given().auth().oauth2(DevTokens.sign(header, claims())).get(GUARDED).then().statusCode(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "a.b.c", "", "..", "e30.e30.e30"})
  void whatIsNoTokenIsRefused(String token) {
    isRefused(token);
  }

  @Test
  void anotherKeysTokenIsRefusedEvenIfItBringsTheKey() throws JoseException {
    RsaJsonWebKey stranger = RsaJwkGenerator.generateJwk(2048);
    JsonWebSignature jws = new JsonWebSignature();
    new HashMap<>(DevTokens.header()).forEach(jws::setHeader);
    jws.setHeader(
        "jwk", stranger.toParams(org.jose4j.jwk.JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
    jws.setPayload(org.jose4j.json.JsonUtil.toJson(claims()));
    jws.setKey(stranger.getRsaPrivateKey());
    isRefused(jws.getCompactSerialization());
  }
}
