package ai.pathbound.identities.auth;

import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import java.time.Duration;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The library's parser with our keys; where they cannot be had, it does not ask at each request.
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
   * What is the key set now: another object where it has changed. One at a URL is fetched again
   * where that is due.
   */
  Object keySet(JWTAuthContextInfo settings) throws UnresolvableKeyException {
    VerificationKeys known = keys;
    return (known == null ? first(settings) : known).current();
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
