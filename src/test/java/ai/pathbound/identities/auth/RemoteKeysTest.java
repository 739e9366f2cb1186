package ai.pathbound.identities.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.LogRecorder;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.problem.RefusalException;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key set that an issuer serves over HTTP, and what happens to it. */
class RemoteKeysTest {
  private static final int REMEMBERED = 100;

  private final AtomicInteger asked = new AtomicInteger();
  private final TokenReader reader = new TokenReader(TokenKeys.usualClaims(), REMEMBERED);
  private final JWTAuthContextInfo settings = new JWTAuthContextInfo();
  private HttpServer issuer;
  private volatile String answer = TokenKeys.set(TokenKeys.rsa());
  private volatile int status = 200;

  @BeforeEach
  void anIssuer() throws IOException {
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/keys",
        exchange -> {
          asked.incrementAndGet();
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    issuer.start();
    settings.setPublicKeyLocation("http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys");
    settings.setSignatureAlgorithm(
        Set.of(SignatureAlgorithm.RS256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES256));
    settings.setIssuedBy(Tokens.ISSUER);
    settings.setExpectedAudience(Set.of(Tokens.AUDIENCE));
    settings.setJwksRefreshInterval(10);
    settings.setForcedJwksRefreshInterval(1);
    settings.setJwksRetainCacheOnErrorDuration(1);
  }

  @AfterEach
  void theIssuerGoes() {
    issuer.stop(0);
  }

  private static String token(PublicJsonWebKey key, String algorithm) {
    Map<String, Object> header = HostileTokens.goodHeader();
    header.putAll(Map.of("alg", algorithm, "kid", key.getKeyId()));
    return TokenKeys.sign(key, header, HostileTokens.goodClaims());
  }

  private void isTaken(PublicJsonWebKey key, String algorithm) throws ParseException {
    assertEquals("ada", reader.parse(token(key, algorithm), settings).getSubject());
  }

  private void isUnavailable() {
    RefusalException refusal =
        assertThrows(
            RefusalException.class, () -> reader.parse(token(TokenKeys.rsa(), "RS256"), settings));
    assertEquals(RefusalException.Kind.UNAVAILABLE, refusal.kind());
    assertTrue(refusal.retryAfter().isPresent());
  }

  @Test
  void goodTokensAskForTheKeysOnce() throws ParseException {
    for (int i = 0; i < 20; i++) {
      isTaken(TokenKeys.rsa(), "RS256");
    }
    assertEquals(1, asked.get());
  }

  @Test
  void aNewKeyIsFetchedWhenItsKidComesUp() throws ParseException {
    isTaken(TokenKeys.rsa(), "RS256");
    long fetched = System.currentTimeMillis();
    answer = TokenKeys.set(TokenKeys.rsa(), TokenKeys.ec());
    // The library takes what it fetched within the last 300 ms, by this clock, for new enough.
    Awaitility.await().until(() -> System.currentTimeMillis() > fetched + 300);
    isTaken(TokenKeys.ec(), "ES256");
    isTaken(TokenKeys.rsa(), "RS256");
    assertEquals(2, asked.get());
  }

  @Test
  void unknownKidsDoNotStormTheIssuer() throws ParseException {
    isTaken(TokenKeys.rsa(), "RS256");
    for (int i = 0; i < 200; i++) {
      String token = token(TokenKeys.stranger("made-up-" + i), "RS256");
      assertThrows(ParseException.class, () -> reader.parse(token, settings));
    }
    assertTrue(asked.get() <= 2, () -> "asked " + asked.get() + " times");
  }

  @Test
  void theLastGoodKeysStayWhileTheIssuerIsDown() throws ParseException {
    // Every fetch is stale at once.
    settings.setJwksRefreshInterval(0);
    isTaken(TokenKeys.rsa(), "RS256");
    status = 503;
    isTaken(TokenKeys.rsa(), "RS256");
    issuer.stop(0);
    for (int i = 0; i < 20; i++) {
      isTaken(TokenKeys.rsa(), "RS256");
    }
  }

  @Test
  void whatIsRememberedIsAnsweredWithoutAskingForTheKeys() throws ParseException {
    String token = token(TokenKeys.rsa(), "RS256");
    assertEquals(Optional.empty(), reader.remembered(token));
    assertEquals(0, asked.get());
    JWTCallerPrincipal caller = reader.parse(token, settings);
    SecurityIdentity identity = reader.remembered(token).orElseThrow();
    assertSame(caller, identity.getPrincipal());
    assertEquals(caller.getGroups(), identity.getRoles());
    assertFalse(identity.isAnonymous());
    assertEquals(Set.of(), identity.getCredentials());
    assertEquals(Optional.empty(), reader.remembered(token(TokenKeys.rsa(), "RS256") + "x"));
    assertEquals(1, asked.get());
  }

  @Test
  void nothingIsRememberedUnderKeysThatAreNoLongerTheIssuers() throws ParseException {
    String token = token(TokenKeys.rsa(), "RS256");
    // Every fetch is stale at once.
    settings.setJwksRefreshInterval(0);
    reader.parse(token, settings);
    answer = TokenKeys.set(TokenKeys.ec());
    // The library takes what it fetched within the last 300 ms for new enough.
    Awaitility.await().until(() -> taken(reader, token(TokenKeys.ec(), "ES256")));
    assertEquals(Optional.empty(), reader.remembered(token));
  }

  @Test
  void aRememberedTokenIsRefusedOnceItsKeyIsGone() throws ParseException {
    String token = token(TokenKeys.rsa(), "RS256");
    settings.setJwksRefreshInterval(10);
    assertSame(reader.parse(token, settings), reader.parse(token, settings));
    TokenReader refreshing = new TokenReader(TokenKeys.usualClaims(), REMEMBERED);
    // Every fetch is stale at once.
    settings.setJwksRefreshInterval(0);
    assertEquals("ada", refreshing.parse(token, settings).getSubject());
    answer = TokenKeys.set(TokenKeys.ec());
    // The library takes what it fetched within the last 300 ms for new enough.
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !taken(refreshing, token));
  }

  @Test
  void aRememberedTokenIsRefusedAtTheSecondItExpires() throws ParseException {
    settings.setClockSkew(0);
    // The keys are there before the three seconds begin.
    reader.parse(token(TokenKeys.rsa(), "RS256"), settings);
    Map<String, Object> claims = HostileTokens.goodClaims();
    long ends = NumericDate.now().getValue() + 3;
    claims.put("exp", ends);
    Map<String, Object> header = HostileTokens.goodHeader();
    header.putAll(Map.of("alg", "RS256", "kid", TokenKeys.rsa().getKeyId()));
    String token = TokenKeys.sign(TokenKeys.rsa(), header, claims);
    assertSame(reader.parse(token, settings), reader.parse(token, settings));
    Awaitility.await()
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              long before = NumericDate.now().getValue();
              boolean taken = taken(reader, token);
              assertTrue(!taken || before < ends, "taken after its end");
              assertTrue(taken || NumericDate.now().getValue() >= ends, "refused before its end");
              return !taken;
            });
  }

  private boolean taken(TokenReader reader, String token) {
    try {
      return reader.parse(token, settings) != null;
    } catch (ParseException e) {
      return false;
    }
  }

  @Test
  void aRefusedTokenIsNotRemembered() {
    String forged = token(TokenKeys.stranger("r"), "RS256");
    for (int i = 0; i < 3; i++) {
      assertThrows(ParseException.class, () -> reader.parse(forged, settings));
    }
  }

  @Test
  void withoutAnyKeysNothingIsSaidOfATokenAndTheIssuerIsNotStormed() {
    status = 500;
    for (int i = 0; i < 50; i++) {
      isUnavailable();
    }
    assertTrue(asked.get() <= 3, () -> "asked " + asked.get() + " times");
  }

  @Test
  void anAnswerThatIsNoKeySetIsNotTheEndOfIt() {
    answer = "<html>Back soon</html>";
    isUnavailable();
    answer = TokenKeys.set(TokenKeys.rsa());
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .ignoreExceptionsInstanceOf(RefusalException.class)
        .until(() -> reader.parse(token(TokenKeys.rsa(), "RS256"), settings) != null);
  }

  @Test
  void aPemKeyIsTakenWhateverTheOrderOfTheAlgorithms() throws ParseException {
    settings.setPublicKeyLocation(null);
    for (PublicJsonWebKey key : new PublicJsonWebKey[] {TokenKeys.rsa(), TokenKeys.ec()}) {
      settings.setPublicKeyContent(
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder().encodeToString(key.getPublicKey().getEncoded())
              + "\n-----END PUBLIC KEY-----\n");
      String algorithm = key.getKeyId().equals("r") ? "RS256" : "ES256";
      assertEquals(
          "ada",
          new TokenReader(TokenKeys.usualClaims(), REMEMBERED)
              .parse(token(key, algorithm), settings)
              .getSubject());
    }
  }

  @Test
  void aKeyThatCannotBeReadIsLeftOutAndWhoDebugsTheKeySetIsTold() throws ParseException {
    settings.setJwksRefreshInterval(0);
    String broken =
        "{\"kty\":\"EC\",\"kid\":\"broken\",\"crv\":\"P-999\",\"x\":\"AA\",\"y\":\"AA\"}";
    answer = answer.replaceFirst("\\[", "[" + broken + ",");
    try (LogRecorder log = LogRecorder.ofEverything(JsonWebKeySet.class)) {
      isTaken(TokenKeys.rsa(), "RS256");
      assertTrue(
          log.lines().stream().anyMatch(line -> line.contains("kid=broken")),
          () -> log.lines().toString());
    }
  }
}
