package ai.pathbound.identities.idempotency;

import ai.pathbound.identities.tenant.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * One key of one caller for one call, and the fingerprint of the body it came with; {@link
 * IdempotencyKeys} makes them.
 *
 * @param call the method and path
 * @param key the header's text
 * @param fingerprints the body's, one under each sealing key, that which seals first
 */
public record IdempotencyKey(Caller caller, String call, String key, List<String> fingerprints) {
  public static final String HEADER = "Idempotency-Key";

  String fingerprint() {
    return fingerprints.get(0);
  }

  /**
   * Whether {@code kept} is of the same body; false if its sealing key is gone. Constant in time.
   */
  boolean matches(String kept) {
    return fingerprints.stream().anyMatch(own -> MessageDigest.isEqual(utf8(own), utf8(kept)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
