package ai.pathbound.identities.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jose4j.jwt.NumericDate;

/**
 * Remembers the callers of verified tokens by SHA-256 (FIPS 180-4) of the compact form. Nothing of
 * the token itself is kept, and a refused token is never remembered. An entry counts until the
 * token expires or the key set changes.
 */
final class VerifiedTokens {
  private final Cache<Fingerprint, Entry> entries;

  /** Keeps at most {@code most} entries; the least used are evicted first. */
  VerifiedTokens(int most) {
    // No thread of its own: evictions run in the call that causes them.
    this.entries = Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
  }

  /** SHA-256 of a token's compact form. */
  record Fingerprint(long first, long second, long third, long fourth) {
    /** A part of a hash is one. */
    @Override
    public int hashCode() {
      return Long.hashCode(first);
    }

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
   * @param caller what the token says of who calls
   * @param identity the same as the framework wants it
   * @param ends when it is no longer taken, in seconds since 1970
   * @param keys what was the key set when it was verified
   */
  record Entry(ScopedToken caller, SecurityIdentity identity, long ends, Object keys) {
    /** Applies the clock and the rule of the library's own expiry check. */
    boolean counts(Object keysNow) {
      return keys == keysNow && NumericDate.now().getValue() < ends;
    }
  }

  /** The entry of that token; the caller checks whether it still counts. */
  Optional<Entry> find(Fingerprint token) {
    return Optional.ofNullable(entries.getIfPresent(token));
  }

  /**
   * Remembers a token that was verified with {@code keys}.
   *
   * @param ends when it is no longer taken, in seconds since 1970
   */
  void remember(Fingerprint token, ScopedToken caller, long ends, Object keys) {
    entries.put(
        token,
        new Entry(
            caller,
            QuarkusSecurityIdentity.builder()
                .setPrincipal(caller)
                .addRoles(caller.getGroups())
                .build(),
            ends,
            keys));
  }

  /** The approximate number of entries. */
  long size() {
    entries.cleanUp();
    return entries.estimatedSize();
  }
}
