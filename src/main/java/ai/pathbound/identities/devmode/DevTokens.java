package ai.pathbound.identities.devmode;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Issues tokens that this JVM's program accepts (RFC 9068): for use by hand, and for tests that
 * need claims or a header of their own.
 */
public final class DevTokens {
  /** All scopes that the API knows. */
  public static final String ALL_SCOPES =
      "identities:read identities:write webhooks:read webhooks:write";

  /** How long a token lives unless its claims say otherwise. */
  public static final Duration LIFETIME = Duration.ofHours(12);

  private DevTokens() {}

  /** A good token of {@code tenant} with these scopes, separated by spaces. */
  public static String mint(String tenant, String subject, String scope) {
    return sign(header(), claims(tenant, subject, scope));
  }

  /** The header of a good token; a copy to change. */
  public static Map<String, Object> header() {
    Map<String, Object> header = new HashMap<>();
    header.put("alg", AlgorithmIdentifiers.RSA_USING_SHA256);
    header.put("typ", "at+jwt");
    header.put("kid", DevKeys.tokenKey().getKeyId());
    return header;
  }

  /** The claims of a good token; a copy to change, where null stands for a JSON null. */
  public static Map<String, Object> claims(String tenant, String subject, String scope) {
    Instant now = Clock.systemUTC().instant();
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", DevConfigSourceFactory.ISSUER);
    claims.put("aud", DevConfigSourceFactory.AUDIENCE);
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(LIFETIME).getEpochSecond());
    claims.put("tenant_id", tenant);
    claims.put("sub", subject);
    claims.put("scope", scope);
    return claims;
  }

  /** Signs any header and claims, good or bad, with the key that this JVM's program trusts. */
  public static String sign(Map<String, Object> header, Map<String, Object> claims) {
    RsaJsonWebKey key = DevKeys.tokenKey();
    JsonWebSignature jws = new JsonWebSignature();
    header.forEach(jws::setHeader);
    jws.setPayload(JsonUtil.toJson(claims));
    jws.setKey(key.getRsaPrivateKey());
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalArgumentException("these claims cannot be signed", e);
    }
  }
}
