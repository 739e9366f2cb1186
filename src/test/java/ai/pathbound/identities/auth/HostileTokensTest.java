package ai.pathbound.identities.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.stream.Stream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A key set of three keys: every hostile token is refused, every good one of each type taken. */
@QuarkusTest
@TestProfile(HostileTokensTest.SeveralKeys.class)
class HostileTokensTest {
  private static final String GUARDED = "/probe/caller";

  /** An issuer with one key of each type. */
  public static class SeveralKeys implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "mp.jwt.verify.publickey",
          TokenKeys.set(TokenKeys.rsa(), TokenKeys.ec(), TokenKeys.ed()),
          "mp.jwt.verify.issuer",
          Tokens.ISSUER,
          "mp.jwt.verify.audiences",
          Tokens.AUDIENCE);
    }
  }

  static Stream<Arguments> hostile() {
    return HostileTokens.all().entrySet().stream().map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  @Test
  void thereAreManyOfThem() {
    assertTrue(HostileTokens.all().size() >= 60, () -> "only " + HostileTokens.all().size());
  }

  @Test
  void aSchemeWithoutATokenIsChallengedAsNoToken() {
    given()
        .header("Authorization", "Bearer ")
        .get(GUARDED)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostile")
  void aHostileTokenIsRefused(String name, String token) {
    given()
        .header("Authorization", "Bearer " + token)
        .get(GUARDED)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", "Bearer error=\"invalid_token\"")
        .body("code", equalTo("invalid_token"));
  }

  @ParameterizedTest
  @CsvSource({"RS256,r", "PS256,r", "ES256,e", "EdDSA,d"})
  void aGoodTokenOfEachAlgorithmIsTaken(String algorithm, String kid) {
    PublicJsonWebKey key =
        switch (kid) {
          case "r" -> TokenKeys.rsa();
          case "e" -> TokenKeys.ec();
          default -> TokenKeys.ed();
        };
    Map<String, Object> header = HostileTokens.goodHeader();
    header.putAll(Map.of("alg", algorithm, "kid", kid));
    given()
        .auth()
        .oauth2(TokenKeys.sign(key, header, HostileTokens.goodClaims()))
        .get(GUARDED)
        .then()
        .statusCode(200)
        .body("subject", equalTo("ada"));
  }
}
