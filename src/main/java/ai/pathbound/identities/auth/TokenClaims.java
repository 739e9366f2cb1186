package ai.pathbound.identities.auth;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwt.JwtClaims;

/** Where the issuer's tokens name the tenant and the scopes; issuers differ. */
final class TokenClaims {
  /** RFC 9068, section 2.2.3: one text, its words the scopes. An array is not taken for it. */
  private static final String SCOPE = "scope";

  /**
   * One claim.
   *
   * @param name as it is configured
   * @param steps from the token's claims inwards; one where it is no path
   */
  private record Claim(String name, List<String> steps) {
    Object in(JwtClaims claims) {
      Object found = claims.getClaimValue(steps.get(0));
      for (String step : steps.subList(1, steps.size())) {
        found = found instanceof Map<?, ?> object ? object.get(step) : null;
      }
      return found;
    }
  }

  private final Claim tenant;
  private final List<Claim> scopes;

  /**
   * Names claims.
   *
   * @param pathSeparator what stands between the names of a claim inside of others; where it is
   *     empty, a name is a name, whatever is in it
   * @throws ConfigurationException where a name, or a step of a path, is blank
   */
  TokenClaims(String tenant, List<String> scopes, Optional<String> pathSeparator) {
    this.tenant = claim("identities.tokens.tenant-claim", tenant, pathSeparator);
    this.scopes =
        scopes.stream()
            .map(name -> claim("identities.tokens.scope-claims", name, pathSeparator))
            .toList();
  }

  static TokenClaims of(TokenSettings settings) {
    return new TokenClaims(
        settings.tenantClaim(), settings.scopeClaims(), settings.claimPathSeparator());
  }

  /** The tenant; null where the token does not name one, of any type where it is unfit. */
  Object tenant(JwtClaims claims) {
    return tenant.in(claims);
  }

  /** The scopes of all their claims together. */
  Set<String> scopes(JwtClaims claims) {
    Set<String> all = new LinkedHashSet<>();
    for (Claim claim : scopes) {
      Object value = claim.in(claims);
      if (value instanceof Collection<?> values && !claim.name().equals(SCOPE)) {
        addEach(values, all);
      } else if (value instanceof String text) {
        addWords(text, all);
      }
    }
    return all;
  }

  private static void addEach(Collection<?> values, Set<String> scopes) {
    for (Object value : values) {
      if (value instanceof String scope && !scope.isBlank()) {
        scopes.add(scope);
      }
    }
  }

  private static void addWords(String text, Set<String> scopes) {
    for (String scope : text.split(" ")) {
      if (!scope.isEmpty()) {
        scopes.add(scope);
      }
    }
  }

  private static Claim claim(String setting, String name, Optional<String> separator) {
    String text = name.strip();
    List<String> steps =
        separator
            .map(between -> Arrays.asList(text.split(Pattern.quote(between), -1)))
            .orElse(List.of(text));
    if (steps.stream().anyMatch(String::isBlank)) {
      throw new ConfigurationException(setting + " must name claims, and holds a blank name");
    }
    return new Claim(text, steps);
  }
}
