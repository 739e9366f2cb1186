package ai.pathbound.identities;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Tokens that the program under test accepts. The key is where dev mode and tests keep it; for the
 * packaged program, {@link PackagedProgram} puts one there and gives the program its public half.
 */
public final class Tokens {
  /** The system property that holds the signing key, a JWK. */
  public static final String KEY_PROPERTY = "ai.pathbound.identities.devmode.token-key";

  /** Who issues them. */
  public static final String ISSUER = "https://dev.identities.invalid";

  /** For whom they are. */
  public static final String AUDIENCE = "identities";

  /** Both scopes of identities. */
  public static final String BOTH = "identities:read identities:write";

  /** All scopes. */
  public static final String ALL = BOTH + " webhooks:read webhooks:write";

  private Tokens() {}

  /** A good token. */
  public static String of(String tenant, String subject, String scope) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", ISSUER);
    claims.put("aud", AUDIENCE);
    claims.put("exp", Instant.now().plus(Duration.ofHours(1)).getEpochSecond());
    claims.put("iat", Instant.now().getEpochSecond());
    claims.put("tenant_id", tenant);
    claims.put("sub", subject);
    claims.put("scope", scope);
    return sign(Map.of("alg", "RS256", "typ", "at+jwt"), claims);
  }

  /** Signs any header and claims. */
  public static String sign(Map<String, Object> header, Map<String, Object> claims) {
    try {
      RsaJsonWebKey key = new RsaJsonWebKey(JsonUtil.parseJson(System.getProperty(KEY_PROPERTY)));
      JsonWebSignature jws = new JsonWebSignature();
      header.forEach(jws::setHeader);
      jws.setPayload(JsonUtil.toJson(claims));
      jws.setKey(key.getRsaPrivateKey());
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
