package ai.pathbound.identities.auth;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import java.util.List;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;

/** A verified token whose roles are its scopes and nothing else; {@code groups} give no right. */
final class ScopedToken extends DefaultJWTCallerPrincipal {
  /** Where the rest of the program reads the tenant, whatever the issuer calls it. */
  private static final String TENANT = "tenant_id";

  private final String tenant;
  private final Set<String> scopes;

  private ScopedToken(JwtClaims claims, Set<String> scopes) {
    super(claims);
    this.tenant = (String) claims.getClaimValue(TENANT);
    this.scopes = scopes;
  }

  /** Reads what it needs first: the library turns the claims into types of its own. */
  static ScopedToken of(JwtClaims claims, TokenClaims names) {
    return new ScopedToken(who(claims, names), Set.copyOf(names.scopes(claims)));
  }

  /** What says who calls, and until when; the rest, the token's own text among it, is not kept. */
  private static JwtClaims who(JwtClaims claims, TokenClaims names) {
    JwtClaims who = new JwtClaims();
    for (String name : List.of("iss", "sub", "exp")) {
      who.setClaim(name, claims.getClaimValue(name));
    }
    who.setClaim(TENANT, names.tenant(claims));
    return who;
  }

  /** The library looks for each claim among the standard ones first, by way of an exception. */
  @Override
  protected Object getClaimValue(String name) {
    return TENANT.equals(name) ? tenant : super.getClaimValue(name);
  }

  /** The scopes, which the library takes as roles. */
  @Override
  public Set<String> getGroups() {
    return scopes;
  }
}
