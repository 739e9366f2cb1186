package ai.pathbound.identities.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.ParseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens and key sets in the shapes of some issuers, with the settings of docs/security.md. */
class IssuersTest {
  private static final String KEYCLOAK = "Keycloak";
  private static final String AUTH0 = "Auth0";
  private static final String OKTA = "Okta";
  private static final String ENTRA = "Microsoft Entra ID";
  private static final Set<String> BOTH = Set.of("identities:read", "identities:write");

  private final PublicJsonWebKey key = TokenKeys.rsa();
  private final PublicJsonWebKey next = TokenKeys.stranger("next");
  private HttpServer server;
  private volatile String keySet;

  @BeforeEach
  void anIssuer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          byte[] body = keySet.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void theIssuerGoes() {
    server.stop(0);
  }

  /** Keys with members of the issuer's own beside those of the key itself. */
  private void publish(List<Map<String, Object>> members) {
    List<Map<String, Object>> keys = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      PublicJsonWebKey published = i == 0 ? key : next;
      Map<String, Object> all = new HashMap<>(published.toParams(OutputControlLevel.PUBLIC_ONLY));
      all.remove("alg");
      all.putAll(members.get(i));
      keys.add(all);
    }
    keySet = JsonUtil.toJson(Map.of("keys", keys));
  }

  private void publishAs(String issuer) {
    publish(
        switch (issuer) {
          // Beside the signing key there is one for encryption.
          case KEYCLOAK ->
              List.of(
                  Map.of("kid", "1", "use", "sig", "alg", "RS256"),
                  Map.of("kid", "2", "use", "enc", "alg", "RSA-OAEP"));
          case AUTH0 ->
              List.of(
                  Map.of("kid", "1", "use", "sig", "alg", "RS256", "x5t", "1"),
                  Map.of("kid", "2", "use", "sig", "alg", "RS256", "x5t", "2"));
          case OKTA -> List.of(Map.of("kid", "1", "use", "sig", "alg", "RS256"));
          default ->
              List.of(
                  Map.of("kid", "1", "use", "sig", "x5t", "1", "cloud_instance_name", "example"),
                  Map.of("kid", "2", "use", "sig", "x5t", "2", "cloud_instance_name", "example"));
        });
  }

  private JWTAuthContextInfo settings(DocumentedIssuer issuer) {
    JWTAuthContextInfo settings = new JWTAuthContextInfo();
    settings.setPublicKeyLocation("http://127.0.0.1:" + server.getAddress().getPort() + "/keys");
    settings.setSignatureAlgorithm(
        Set.of(
            SignatureAlgorithm.RS256,
            SignatureAlgorithm.PS256,
            SignatureAlgorithm.ES256,
            SignatureAlgorithm.EDDSA));
    settings.setIssuedBy(issuer.setting("mp.jwt.verify.issuer"));
    settings.setExpectedAudience(Set.of(issuer.setting("mp.jwt.verify.audiences").split(",")));
    settings.setJwksRefreshInterval(10);
    settings.setForcedJwksRefreshInterval(1);
    settings.setJwksRetainCacheOnErrorDuration(1);
    settings.setClockSkew(5);
    return settings;
  }

  /** The documented token, of now, with some claims changed; null takes a claim away. */
  private String token(DocumentedIssuer issuer, Map<String, Object> changes) {
    Map<String, Object> claims = new HashMap<>(issuer.claims());
    long now = NumericDate.now().getValue();
    claims.put("iat", now);
    claims.computeIfPresent("nbf", (name, value) -> now);
    claims.put("exp", now + 3600);
    changes.forEach(
        (name, value) -> {
          if (value == null) {
            claims.remove(name);
          } else {
            claims.put(name, value);
          }
        });
    return TokenKeys.sign(key, issuer.header(), claims);
  }

  private static String tenantClaim(DocumentedIssuer issuer) {
    return issuer.settings().getProperty("identities.tokens.tenant-claim", "tenant_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {KEYCLOAK, AUTH0, OKTA, ENTRA})
  void aTokenOfThatIssuerNamesItsTenantAndWhatItMayDo(String name) throws ParseException {
    DocumentedIssuer issuer = DocumentedIssuer.of(name);
    publishAs(name);
    TokenReader reader = new TokenReader(issuer.names(), 10);
    JWTAuthContextInfo settings = settings(issuer);
    for (String tenant : List.of("acme", "globex")) {
      String token = token(issuer, Map.of(tenantClaim(issuer), tenant));
      JWTCallerPrincipal caller = reader.parse(token, settings);
      assertEquals(tenant, caller.getClaim("tenant_id"));
      assertEquals(issuer.claims().get("sub"), caller.getSubject());
      assertTrue(caller.getGroups().containsAll(BOTH), caller.getGroups().toString());
      assertSame(caller, reader.parse(token, settings), "remembered");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {KEYCLOAK, AUTH0, OKTA, ENTRA})
  void aTokenWithoutItsTenantOrOfAnotherKeyIsRefused(String name) {
    DocumentedIssuer issuer = DocumentedIssuer.of(name);
    publishAs(name);
    TokenReader reader = new TokenReader(issuer.names(), 10);
    JWTAuthContextInfo settings = settings(issuer);
    Map<String, Object> noTenant = new HashMap<>();
    noTenant.put(tenantClaim(issuer), null);
    // Under a name that is another issuer's, it is no tenant.
    noTenant.put("tenant", "acme");
    for (Map<String, Object> changes :
        List.of(noTenant, Map.<String, Object>of(tenantClaim(issuer), List.of("acme")))) {
      String token = token(issuer, changes);
      assertThrows(ParseException.class, () -> reader.parse(token, settings));
    }
    Map<String, Object> claims = new HashMap<>(issuer.claims());
    claims.put("iat", NumericDate.now().getValue());
    claims.put("exp", NumericDate.now().getValue() + 3600);
    String forged = TokenKeys.sign(next, issuer.header(), claims);
    assertThrows(ParseException.class, () -> reader.parse(forged, settings));
  }

  @Test
  void aTenantUnderTheDefaultNameIsNoneWhereAnotherIsSet() {
    DocumentedIssuer issuer = DocumentedIssuer.of(AUTH0);
    publishAs(AUTH0);
    Map<String, Object> changes = new HashMap<>();
    changes.put(tenantClaim(issuer), null);
    changes.put("tenant_id", "acme");
    String token = token(issuer, changes);
    assertThrows(
        ParseException.class,
        () -> new TokenReader(issuer.names(), 10).parse(token, settings(issuer)));
  }

  @Test
  void aDaemonsTokenOfEntraHasRolesInsteadOfScopes() throws ParseException {
    DocumentedIssuer issuer = DocumentedIssuer.of(ENTRA);
    publishAs(ENTRA);
    Map<String, Object> changes = new HashMap<>();
    changes.put("scp", null);
    changes.put("roles", List.of("identities:read"));
    assertEquals(
        Set.of("identities:read"),
        new TokenReader(issuer.names(), 10)
            .parse(token(issuer, changes), settings(issuer))
            .getGroups());
  }

  @Test
  void aKeyOfAnotherUseOrAlgorithmVerifiesNothing() {
    DocumentedIssuer issuer = DocumentedIssuer.of(OKTA);
    TokenReader reader = new TokenReader(issuer.names(), 10);
    publish(List.of(Map.of("kid", "1", "use", "sig", "alg", "PS256")));
    String token = token(issuer, Map.of());
    assertThrows(ParseException.class, () -> reader.parse(token, settings(issuer)));
  }

  @ParameterizedTest
  @ValueSource(strings = {KEYCLOAK, ENTRA})
  void aKeySetInAFileIsReadTheSame(String name) throws ParseException {
    DocumentedIssuer issuer = DocumentedIssuer.of(name);
    publishAs(name);
    JWTAuthContextInfo settings = settings(issuer);
    settings.setPublicKeyLocation(null);
    settings.setPublicKeyContent(keySet);
    assertEquals(
        issuer.claims().get(tenantClaim(issuer)),
        new TokenReader(issuer.names(), 10)
            .parse(token(issuer, Map.of()), settings)
            .getClaim("tenant_id"));
  }
}
