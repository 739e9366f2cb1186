package ai.pathbound.identities.door;

import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Locale;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.jwx.JsonWebStructure;

/**
 * Reads a bearer token (RFC 9068). The library checks signature, algorithm, issuer, audience and
 * expiry; this adds the type of the token, a subject and a tenant.
 */
@ApplicationScoped
@Alternative
@Priority(1)
public class TokenReader extends JWTCallerPrincipalFactory {
  private static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt", "jwt");

  private final DefaultJWTTokenParser parser = new DefaultJWTTokenParser();

  /**
   * Checks a token.
   *
   * @throws ParseException where it is not one of ours, whatever is wrong with it; this becomes a
   *     401 {@code invalid_token}
   */
  @Override
  public JWTCallerPrincipal parse(String token, JWTAuthContextInfo settings) throws ParseException {
    try {
      JwtContext context = parser.parse(token, settings);
      checkType(context.getJoseObjects().get(0));
      JwtClaims claims = context.getJwtClaims();
      checkName(claims, "sub");
      checkName(claims, ScopedToken.TENANT);
      return ScopedToken.of(claims);
    } catch (RuntimeException e) {
      // A claim of a type that the library does not expect.
      throw new ParseException("the token's claims are malformed", e);
    }
  }

  private static void checkType(JsonWebStructure token) throws ParseException {
    Object type = token.getHeaders().getObjectHeaderValue("typ");
    boolean known = type instanceof String text && TYPES.contains(text.toLowerCase(Locale.ROOT));
    if (type != null && !known) {
      throw new ParseException("typ says that this is no access token");
    }
  }

  private static void checkName(JwtClaims claims, String claim) throws ParseException {
    if (!(claims.getClaimValue(claim) instanceof String text && TenantId.isValid(text))) {
      throw new ParseException(claim + " is missing or unfit");
    }
  }
}
