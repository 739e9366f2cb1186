package ai.pathbound.identities.auth;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;

/** A verified token whose roles are its scopes and nothing else; {@code groups} give no right. */
final class ScopedToken extends DefaultJWTCallerPrincipal {
  static final String TENANT = "tenant_id";

  private final Set<String> scopes;

  private ScopedToken(JwtClaims claims, Set<String> scopes) {
    super(claims);
    this.scopes = scopes;
  }

  /** Reads the scopes first: the library turns the claims into types of its own. */
  static ScopedToken of(JwtClaims claims) {
    Set<String> scopes = new LinkedHashSet<>();
    addWords(claims.getClaimValue("scope"), scopes);
    addEither(claims.getClaimValue("scp"), scopes);
    addEither(claims.getClaimValue("scopes"), scopes);
    return new ScopedToken(who(claims), Set.copyOf(scopes));
  }

  /** What says who calls; the rest, the token's own text among it, is not kept. */
  private static JwtClaims who(JwtClaims claims) {
    JwtClaims who = new JwtClaims();
    for (String name : List.of("iss", "sub", TENANT)) {
      who.setClaim(name, claims.getClaimValue(name));
    }
    return who;
  }

  /** The scopes: the library makes roles of what this returns. */
  @Override
  public Set<String> getGroups() {
    return scopes;
  }

  private static void addEither(Object claim, Set<String> scopes) {
    if (claim instanceof Collection<?> values) {
      values.forEach(
          value -> {
            if (value instanceof String scope && !scope.isBlank()) {
              scopes.add(scope);
            }
          });
    } else {
      addWords(claim, scopes);
    }
  }

  private static void addWords(Object claim, Set<String> scopes) {
    if (claim instanceof String text) {
      for (String scope : text.split(" ")) {
        if (!scope.isEmpty()) {
          scopes.add(scope);
        }
      }
    }
  }
}
