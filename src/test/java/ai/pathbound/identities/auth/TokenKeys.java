package ai.pathbound.identities.auth;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OkpJwkGenerator;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** An issuer's keys, one of each type, kept where every class loader of this JVM sees them. */
final class TokenKeys {
  private static final String PROPERTY = "ai.pathbound.identities.test.token-keys.";

  private TokenKeys() {}

  /** Makes a key. */
  interface Making {
    PublicJsonWebKey make() throws JoseException;
  }

  static PublicJsonWebKey rsa() {
    return key("r", () -> RsaJwkGenerator.generateJwk(2048));
  }

  static PublicJsonWebKey ec() {
    return key("e", () -> EcJwkGenerator.generateJwk(EllipticCurves.P256));
  }

  static PublicJsonWebKey ed() {
    return key("d", () -> OkpJwkGenerator.generateJwk("Ed25519"));
  }

  /** A key that nobody trusts, under any kid. */
  static PublicJsonWebKey stranger(String kid) {
    PublicJsonWebKey key = key("stranger", () -> RsaJwkGenerator.generateJwk(2048));
    key.setKeyId(kid);
    return key;
  }

  /** The names of claims that are the default. */
  static TokenClaims usualClaims() {
    return new TokenClaims("tenant_id", List.of("scope", "scp", "scopes"), Optional.empty());
  }

  /** The public halves of some keys. */
  static String set(PublicJsonWebKey... keys) {
    return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
  }

  /** Signs claims, good or bad, with any header members. */
  static String sign(PublicJsonWebKey key, Map<String, Object> header, Map<String, Object> claims) {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    jws.setDoKeyValidation(false);
    header.forEach(jws::setHeader);
    jws.setPayload(JsonUtil.toJson(claims));
    jws.setKey(key.getPrivateKey());
    try {
      return jws.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static PublicJsonWebKey key(String kid, Making making) {
    synchronized (Runtime.getRuntime()) {
      try {
        String json = System.getProperty(PROPERTY + kid);
        if (json == null) {
          PublicJsonWebKey made = making.make();
          made.setKeyId(kid);
          json = made.toJson(OutputControlLevel.INCLUDE_PRIVATE);
          System.setProperty(PROPERTY + kid, json);
        }
        return PublicJsonWebKey.Factory.newPublicJwk(json);
      } catch (JoseException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
