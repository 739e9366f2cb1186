package ai.pathbound.identities.secret;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/**
 * Seals secrets as JWE in compact form (RFC 7516): a content key per secret (A256GCM), wrapped by a
 * named key (A256GCMKW). The authenticated header names tenant, row and column, and opening checks
 * it.
 */
@ApplicationScoped
public class SecretBox {
  private static final String KEY_WRAP = KeyManagementAlgorithmIdentifiers.A256GCMKW;
  private static final String CONTENT = ContentEncryptionAlgorithmIdentifiers.AES_256_GCM;
  private static final String TENANT = "tenant";
  private static final String ROW = "row";
  private static final String COLUMN = "column";

  private final SealingKeys keys;

  /** Seals under the first of {@code keys} and opens under all. */
  public SecretBox(SealingKeys keys) {
    this.keys = keys;
  }

  /** Seals {@code secret} for {@code context}. */
  public String seal(Secret secret, SealingContext context) {
    SealingKeys.Key key = keys.sealing();
    JsonWebEncryption jwe = new JsonWebEncryption();
    jwe.setAlgorithmHeaderValue(KEY_WRAP);
    jwe.setEncryptionMethodHeaderParameter(CONTENT);
    jwe.setKeyIdHeaderValue(key.id());
    jwe.setHeader(TENANT, context.tenant().value());
    jwe.setHeader(ROW, context.row().toString());
    jwe.setHeader(COLUMN, context.column());
    jwe.setKey(key.secretKey());
    jwe.setPlaintext(secret.reveal());
    try {
      return jwe.getCompactSerialization();
    } catch (JoseException e) {
      throw new IllegalStateException("sealing failed", e);
    }
  }

  /**
   * Opens what was sealed for {@code context}.
   *
   * @throws UnreadableSecretException where it was sealed for another context, was changed, or its
   *     key is gone
   */
  public Secret open(String sealed, SealingContext context) {
    try {
      JsonWebEncryption jwe = new JsonWebEncryption();
      jwe.setAlgorithmConstraints(only(KEY_WRAP));
      jwe.setContentEncryptionAlgorithmConstraints(only(CONTENT));
      requireCanonical(sealed);
      jwe.setCompactSerialization(sealed);
      String keyId = jwe.getKeyIdHeaderValue();
      jwe.setKey(
          keys.find(keyId)
              .orElseThrow(
                  () -> new UnreadableSecretException(context, "its key is not among the keys"))
              .secretKey());
      String plain = jwe.getPlaintextString();
      if (!context.tenant().value().equals(jwe.getHeader(TENANT))
          || !context.row().toString().equals(jwe.getHeader(ROW))
          || !context.column().equals(jwe.getHeader(COLUMN))) {
        throw new UnreadableSecretException(context, "it was sealed for another place");
      }
      return Secret.of(plain);
    } catch (JoseException | RuntimeException e) {
      if (e instanceof UnreadableSecretException unreadable) {
        throw unreadable;
      }
      // The cause stays out: a parser's message quotes what it parsed.
      throw new UnreadableSecretException(context, "it is not what was sealed");
    }
  }

  /**
   * Seals under the first key what another one sealed for {@code context}.
   *
   * @throws UnreadableSecretException where it does not open
   */
  public String reseal(String sealed, SealingContext context) {
    return seal(open(sealed, context), context);
  }

  /** Rejects non-canonical base64url: the library ignores foreign characters and spare bits. */
  private static void requireCanonical(String sealed) {
    for (String part : sealed.split("\\.", -1)) {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
        throw new IllegalArgumentException("not the one way to write it");
      }
    }
  }

  private static AlgorithmConstraints only(String algorithm) {
    return new AlgorithmConstraints(ConstraintType.PERMIT, algorithm);
  }
}
