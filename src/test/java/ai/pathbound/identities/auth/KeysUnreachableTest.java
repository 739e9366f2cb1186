package ai.pathbound.identities.auth;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import ai.pathbound.identities.Tokens;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The issuer has not been reached since the start; DatabaseTlsIT starts a program without one. */
@QuarkusTest
class KeysUnreachableTest {
  /** Reads tokens as the program does; nothing listens on the discard port. */
  private static final class NobodyThere extends TokenReader {
    private final JWTAuthContextInfo settings =
        new JWTAuthContextInfo("http://127.0.0.1:9/keys", Tokens.ISSUER);

    NobodyThere() {
      super(TokenKeys.usualClaims(), 0);
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo others) throws ParseException {
      return super.parse(token, settings);
    }
  }

  @BeforeEach
  void theIssuerIsGone() {
    QuarkusMock.installMockForType(new NobodyThere(), TokenReader.class);
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
