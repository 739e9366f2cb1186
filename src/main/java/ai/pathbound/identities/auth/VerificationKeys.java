package ai.pathbound.identities.auth;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.KeyLocationResolver;
import io.smallrye.jwt.util.KeyUtils;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jose4j.http.Get;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The keys that verify tokens, selected from a key set by {@code kid} and {@code alg}. A key set at
 * a URL is fetched again when it is old or a kid is unknown; its last good content stays in use
 * while the server cannot be reached.
 */
final class VerificationKeys extends KeyLocationResolver {
  private static final int PATIENCE_MILLIS = 5_000;
  private static final long RECENT_NANOS = Duration.ofSeconds(1).toNanos();

  private volatile Seen seen;

  /** Reads or fetches the keys. */
  VerificationKeys(JWTAuthContextInfo settings) throws UnresolvableKeyException {
    super(settings);
  }

  /** No key set is available, so no token can be verified. */
  static final class Unreachable extends UnresolvableKeyException {
    private static final long serialVersionUID = 1L;

    Unreachable(Throwable cause) {
      super("the key set cannot be fetched: " + cause.getMessage(), cause);
    }
  }

  /** A key set that was current at a time of {@link System#nanoTime}. */
  private record Seen(Object keys, long at) {}

  static boolean areRemote(JWTAuthContextInfo settings) {
    String location = settings.getPublicKeyLocation();
    return location != null && location.toLowerCase(Locale.ROOT).startsWith("http");
  }

  @Override
  public Key resolveKey(JsonWebSignature token, List<JsonWebStructure> nesting)
      throws UnresolvableKeyException {
    current();
    return super.resolveKey(token, nesting);
  }

  /** The key set in use; another object after each fetch, because a key may have been removed. */
  Object current() throws UnresolvableKeyException {
    if (httpsJwks == null) {
      return this;
    }
    try {
      Object keys = httpsJwks.getJsonWebKeys();
      seen = new Seen(keys, System.nanoTime());
      return keys;
    } catch (JoseException | IOException e) {
      throw new Unreachable(e);
    }
  }

  /**
   * The key set in use, without a fetch; empty where a second has passed since {@link #current} was
   * asked for one at a URL: it may be due.
   */
  Optional<Object> recent() {
    if (httpsJwks == null) {
      return Optional.of(this);
    }
    return Optional.ofNullable(seen)
        .filter(last -> System.nanoTime() - last.at() < RECENT_NANOS)
        .map(Seen::keys);
  }

  /**
   * Fails on a response that is not a JWK Set; the library would otherwise accept it until a
   * restart.
   */
  @Override
  protected boolean isHttpsJwksInitialized(String location) throws IOException {
    if (super.isHttpsJwksInitialized(location)) {
      return true;
    }
    if (areRemote(authContextInfo)) {
      throw new IOException("what lies there is no JWK Set");
    }
    return false;
  }

  /**
   * Tries every accepted algorithm for a PEM key; the library tries only the first of an unordered
   * set.
   */
  @Override
  protected void initializeKeyContent() throws Exception {
    String content = authContextInfo.getPublicKeyContent();
    if (content == null && !areRemote(authContextInfo)) {
      content = readKeyContent(authContextInfo.getPublicKeyLocation());
    }
    if (content != null && content.contains("-----BEGIN PUBLIC KEY-----")) {
      key = pem(content);
    } else {
      super.initializeKeyContent();
    }
  }

  private Key pem(String content) throws IOException {
    for (SignatureAlgorithm algorithm : authContextInfo.getSignatureAlgorithm()) {
      try {
        return KeyUtils.decodePublicKey(content, algorithm);
      } catch (GeneralSecurityException e) {
        // A key of another type: the next algorithm may match.
      }
    }
    throw new IOException("the PEM key is for none of the accepted algorithms");
  }

  @Override
  protected Get getHttpGet() {
    Get get = super.getHttpGet();
    get.setConnectTimeout(PATIENCE_MILLIS);
    get.setReadTimeout(PATIENCE_MILLIS);
    // One attempt per request: the next request tries again.
    get.setRetries(0);
    return get;
  }
}
