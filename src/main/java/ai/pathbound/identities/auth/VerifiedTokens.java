package ai.pathbound.identities.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jose4j.jwt.NumericDate;

/**
 * Remembers who sent a token that was verified: SHA-256 (FIPS 180-4) of its compact form leads to
 * the caller. Nothing of the token itself is kept, and a refused token is never remembered. An
 * entry counts until the token expires or another key set is in use, whichever comes first.
 */
final class VerifiedTokens {
  private final Cache<Fingerprint, Entry> entries;

  /** At most {@code most} of them; the ones that are used least go first. */
  VerifiedTokens(int most) {
    // No thread of its own: what a call evicts it evicts itself.
    this.entries = Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
  }

  /** SHA-256 of a token's compact form. */
  record Fingerprint(long first, long second, long third, long fourth) {
    static Fingerprint of(String token) {
      try {
        ByteBuffer hash =
            ByteBuffer.wrap(
                MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.US_ASCII)));
        return new Fingerprint(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }

  /**
   * A verified token.
   *
   * @param caller who sent it
   * @param ends when it is no longer taken, in seconds since 1970
   * @param keys what was the key set when it was verified
   */
  record Entry(ScopedToken caller, long ends, Object keys) {
    /** By the clock and the rule of the library that checks expiry the first time. */
    boolean counts(Object keysNow) {
      return keys == keysNow && NumericDate.now().getValue() < ends;
    }
  }

  /** What is remembered of that token; whether it still counts is for the caller to ask. */
  Optional<Entry> find(Fingerprint token) {
    return Optional.ofNullable(entries.getIfPresent(token));
  }

  /**
   * Remembers a token that was verified with {@code keys}.
   *
   * @param ends when it is no longer taken, in seconds since 1970
   */
  void remember(Fingerprint token, ScopedToken caller, long ends, Object keys) {
    entries.put(token, new Entry(caller, ends, keys));
  }

  /** How many there are now, about. */
  long size() {
    entries.cleanUp();
    return entries.estimatedSize();
  }
}
