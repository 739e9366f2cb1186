package ai.pathbound.identities.auth;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.KeyLocationResolver;
import io.smallrye.jwt.util.KeyUtils;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.List;
import java.util.Locale;
import org.jose4j.http.Get;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * The keys that verify tokens. A key set is asked for its {@code kid} and {@code alg}; one that
 * lies at a URL is fetched again when it is old or a kid is unknown, and its last good content
 * stays in use while the server cannot be reached.
 */
final class VerificationKeys extends KeyLocationResolver {
  private static final int PATIENCE_MILLIS = 5_000;

  /** Reads or fetches the keys. */
  VerificationKeys(JWTAuthContextInfo settings) throws UnresolvableKeyException {
    super(settings);
  }

  /** There is no key set at all just now, so that nothing can be said of any token. */
  static final class Unreachable extends UnresolvableKeyException {
    private static final long serialVersionUID = 1L;

    Unreachable(Throwable cause) {
      super("the key set cannot be fetched: " + cause.getMessage(), cause);
    }
  }

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

  /** The key set in use: another object once it was fetched again, since a key may be gone. */
  Object current() throws UnresolvableKeyException {
    if (httpsJwks == null) {
      return this;
    }
    try {
      return httpsJwks.getJsonWebKeys();
    } catch (JoseException | IOException e) {
      throw new Unreachable(e);
    }
  }

  /** The library would take an answer that is no key set for the end of it, until a restart. */
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

  /** The library reads a PEM key for one of the algorithms, whichever its hash set names first. */
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
        // A key of another type; the next algorithm may be its.
      }
    }
    throw new IOException("the PEM key is for none of the accepted algorithms");
  }

  @Override
  protected Get getHttpGet() {
    Get get = super.getHttpGet();
    get.setConnectTimeout(PATIENCE_MILLIS);
    get.setReadTimeout(PATIENCE_MILLIS);
    // The next request tries again; this one has waited long enough.
    get.setRetries(0);
    return get;
  }
}
