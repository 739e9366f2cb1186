package ai.pathbound.identities.auth;

import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.TenantId;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Reads a bearer token (RFC 9068). The library checks signature, algorithm, issuer, audience and
 * expiry; this adds the type of the token, a subject and a tenant.
 */
@ApplicationScoped
@Alternative
@Priority(1)
public class TokenReader extends JWTCallerPrincipalFactory {
  private static final Logger LOG = Logger.getLogger(TokenReader.class);
  private static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt", "jwt");

  /**
   * Compact form (RFC 7515, section 7.1), signed. Checked here because the library ignores
   * characters that are not base64url.
   */
  private static final Pattern COMPACT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

  private final TokenParser parser = new TokenParser();
  private final TokenClaims names;
  private final VerifiedTokens verified;

  @Inject
  TokenReader(TokenSettings settings) {
    this(TokenClaims.of(settings), settings.remembered());
  }

  TokenReader(TokenClaims names, int remembered) {
    this.names = names;
    this.verified = new VerifiedTokens(remembered);
  }

  /** Makes the reader at start, so that unfit settings stop the program. */
  void check(@Observes StartupEvent start) {
    // The constructor has checked them.
  }

  /**
   * Checks a token.
   *
   * @throws ParseException for every token that is not accepted; it becomes a 401 {@code
   *     invalid_token}. Refuses with {@code keys_unavailable} where no key can be had to verify any
   *     token
   */
  @Override
  public JWTCallerPrincipal parse(String token, JWTAuthContextInfo settings) throws ParseException {
    VerifiedTokens.Fingerprint fingerprint = VerifiedTokens.Fingerprint.of(token);
    Optional<VerifiedTokens.Entry> known = verified.find(fingerprint);
    if (known.isPresent() && known.get().counts(keySet(settings))) {
      return known.get().caller();
    }
    if (!COMPACT.matcher(token).matches()) {
      throw new ParseException("not a signed token in compact form");
    }
    // Read before verification, which may refetch the keys; an entry stored under the old set is
    // verified again.
    Optional<Object> keys = keySetIfThere(settings);
    try {
      JwtContext context = parser.parse(token, settings);
      checkType(context.getJoseObjects().get(0));
      JwtClaims claims = context.getJwtClaims();
      checkName("sub", claims.getClaimValue("sub"));
      checkName("the tenant's claim", names.tenant(claims));
      ScopedToken caller = ScopedToken.of(claims, names);
      long ends = claims.getExpirationTime().getValue() + settings.getClockSkew();
      keys.ifPresent(set -> verified.remember(fingerprint, caller, ends, set));
      return caller;
    } catch (MalformedClaimException e) {
      throw new ParseException("the token's claims are malformed");
    } catch (ParseException e) {
      if (keysUnreachable(e)) {
        throw unavailable(e.getCause());
      }
      throw new ParseException("the token is refused: " + kind(e));
    } catch (RuntimeException e) {
      // A claim of a type that the library does not expect.
      throw new ParseException("the token's claims are malformed: " + kind(e));
    } catch (StackOverflowError e) {
      // The library reads nested claims by recursion.
      throw new ParseException("the token's claims are nested too deeply");
    }
  }

  /** Who calls with a token that was verified before and still counts. Never waits. */
  Optional<SecurityIdentity> remembered(String token) {
    return parser
        .recentKeySet()
        .flatMap(
            keys -> verified.find(VerifiedTokens.Fingerprint.of(token)).filter(e -> e.counts(keys)))
        .map(VerifiedTokens.Entry::identity);
  }

  private Object keySet(JWTAuthContextInfo settings) {
    try {
      return parser.keySet(settings);
    } catch (UnresolvableKeyException e) {
      throw unavailable(e);
    }
  }

  /** Empty where it cannot be fetched; verification then reports that, if it needs the keys. */
  private Optional<Object> keySetIfThere(JWTAuthContextInfo settings) {
    try {
      return Optional.of(parser.keySet(settings));
    } catch (UnresolvableKeyException e) {
      return Optional.empty();
    }
  }

  /** Omits the library's message, which quotes the token. */
  private static String kind(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root == failure && failure instanceof ParseException
        ? failure.getMessage()
        : root.getClass().getSimpleName();
  }

  private static boolean keysUnreachable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof VerificationKeys.Unreachable) {
        return true;
      }
    }
    return false;
  }

  private static RefusalException unavailable(Throwable cause) {
    LOG.warnf("No token can be checked: %s", cause);
    return RefusalException.of(
            RefusalException.Kind.UNAVAILABLE,
            "keys_unavailable",
            "The keys that verify tokens cannot be fetched just now; try again soon.")
        .retryAfter(TRY_AGAIN);
  }

  private static void checkType(JsonWebStructure token) throws ParseException {
    Object type = token.getHeaders().getObjectHeaderValue("typ");
    boolean known = type instanceof String text && TYPES.contains(text.toLowerCase(Locale.ROOT));
    if (type != null && !known) {
      throw new ParseException("typ says that this is no access token");
    }
  }

  private static void checkName(String claim, Object value) throws ParseException {
    if (!(value instanceof String text && TenantId.isValid(text))) {
      throw new ParseException(claim + " is missing or unfit");
    }
  }
}
