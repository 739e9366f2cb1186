package ai.pathbound.identities.devmode;

import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctJwkGenerator;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/** Keys generated once per JVM: one pair that signs tokens, one key that seals secrets. */
final class DevKeys {
  private static final int RSA_BITS = 2048;
  private static final int SEALING_BITS = 256;

  private DevKeys() {}

  /** The pair that signs tokens. */
  static RsaJsonWebKey tokenKey() {
    try {
      return new RsaJsonWebKey(
          JsonUtil.parseJson(JvmWideValues.value("devmode.token-key", DevKeys::rsa)));
    } catch (JoseException e) {
      throw new IllegalStateException("the token key was made here and must read", e);
    }
  }

  /** Its public half, as a JWK. */
  static String publicJwk() {
    return tokenKey().toJson(OutputControlLevel.PUBLIC_ONLY);
  }

  /** A JWK Set of one key, as {@code identities.secrets.keys} takes it. */
  static String sealingKeys() {
    return JvmWideValues.value("devmode.sealing-keys", DevKeys::oct);
  }

  private static String rsa() {
    try {
      RsaJsonWebKey key = RsaJwkGenerator.generateJwk(RSA_BITS);
      key.setKeyId("dev");
      return JsonUtil.toJson(key.toParams(OutputControlLevel.INCLUDE_PRIVATE));
    } catch (JoseException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  private static String oct() {
    OctetSequenceJsonWebKey key = OctJwkGenerator.generateJwk(SEALING_BITS);
    key.setKeyId("dev");
    key.setAlgorithm("A256GCMKW");
    return new JsonWebKeySet(key).toJson(OutputControlLevel.INCLUDE_SYMMETRIC);
  }
}
