package ai.pathbound.identities.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;

/**
 * The entity tag of an identity: {@code "<version>.<rest>"} (RFC 9110, section 8.8.3). The version
 * is {@code updated_at} in milliseconds since 1970, which every change of the identity's own fields
 * moves on ({@link Identity#change}). The rest is a hash of the body as it is sent, so that no
 * field of it can be forgotten.
 *
 * @param version the version of the identity's own fields
 * @param rest what stands for everything else in the body
 */
record IdentityTag(long version, String rest) {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** 96 bits of SHA-256 (FIPS 180-4): enough for the few bodies that one version has. */
  private static final int HASH_BYTES = 12;

  /** The tag of {@code body}, whose identity was last changed at {@code updatedAt}. */
  static IdentityTag of(Instant updatedAt, String body) {
    byte[] hash = new byte[HASH_BYTES];
    sha256(body).get(hash);
    return new IdentityTag(updatedAt.toEpochMilli(), BASE64.encodeToString(hash));
  }

  /** Whether a tag, without its quotes, is of that version; whatever its rest says. */
  static boolean isOfVersion(String tag, Instant updatedAt) {
    return tag.split("\\.", 2)[0].equals(Long.toString(updatedAt.toEpochMilli()));
  }

  private static ByteBuffer sha256(String body) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Without its quotes. */
  String opaque() {
    return version + "." + rest;
  }

  /** As {@code ETag} shows it. */
  @Override
  public String toString() {
    return "\"" + opaque() + "\"";
  }
}
