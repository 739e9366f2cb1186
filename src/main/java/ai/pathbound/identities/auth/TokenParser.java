package ai.pathbound.identities.auth;

import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import java.time.Duration;
import java.util.Optional;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The library's parser with our keys; after a failure to load them it waits before it tries again.
 */
final class TokenParser extends DefaultJWTTokenParser {
  private static final long TRY_AGAIN_NANOS = Duration.ofSeconds(2).toNanos();

  private volatile VerificationKeys keys;
  private UnresolvableKeyException failure;
  private long failedAt;

  @Override
  protected VerificationKeyResolver getVerificationKeyResolver(JWTAuthContextInfo settings)
      throws UnresolvableKeyException {
    VerificationKeys known = keys;
    return known == null ? first(settings) : known;
  }

  /**
   * The current key set; another object after a change. A key set at a URL is fetched again when
   * due.
   */
  Object keySet(JWTAuthContextInfo settings) throws UnresolvableKeyException {
    VerificationKeys known = keys;
    return (known == null ? first(settings) : known).current();
  }

  /** The current key set, where it is known without a fetch. */
  Optional<Object> recentKeySet() {
    return Optional.ofNullable(keys).flatMap(VerificationKeys::recent);
  }

  private synchronized VerificationKeys first(JWTAuthContextInfo settings)
      throws UnresolvableKeyException {
    if (keys != null) {
      return keys;
    }
    if (failure != null && System.nanoTime() - failedAt < TRY_AGAIN_NANOS) {
      throw failure;
    }
    try {
      keys = new VerificationKeys(settings);
      return keys;
    } catch (UnresolvableKeyException e) {
      failure = new VerificationKeys.Unreachable(e);
      failedAt = System.nanoTime();
      throw failure;
    }
  }
}
