package ai.pathbound.identities.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a token names its tenant and its scopes. */
class TokenClaimsTest {
  private static final List<String> SCOPES = List.of("scope", "scp", "scopes");

  private static JwtClaims claims(Map<String, Object> all) {
    JwtClaims claims = new JwtClaims();
    all.forEach(claims::setClaim);
    return claims;
  }

  private static Object tenant(String name, String separator, Map<String, Object> claims) {
    return new TokenClaims(name, SCOPES, Optional.ofNullable(separator)).tenant(claims(claims));
  }

  private static Set<String> scopes(List<String> names, Map<String, Object> claims) {
    return new TokenClaims("tenant_id", names, Optional.of("/")).scopes(claims(claims));
  }

  @Test
  void aNameIsANameWhateverIsInIt() {
    String name = "https://example.com/tenant";
    Map<String, Object> claims = Map.of(name, "acme", "https:", Map.of("", "globex"));
    assertEquals("acme", tenant(name, null, claims));
    assertEquals("acme", tenant(name, ".,", claims));
  }

  @Test
  void aPathIsWalkedWhereItsSeparatorIsSet() {
    Map<String, Object> claims =
        Map.of("realm", Map.of("tenant", Map.of("id", "acme")), "realm.tenant.id", "globex");
    assertEquals("acme", tenant("realm.tenant.id", ".", claims));
    assertEquals("acme", tenant("realm->tenant->id", "->", claims));
    assertEquals("globex", tenant("realm.tenant.id", null, claims));
    assertEquals(null, tenant("realm.tenant.id.more", ".", claims));
    assertEquals(null, tenant("realm.other.id", ".", claims));
  }

  static Stream<Arguments> scopes() {
    List<String> read = List.of("identities:read");
    return Stream.of(
        Arguments.of("a claim that nobody named", SCOPES, Map.of("roles", read), Set.of()),
        Arguments.of("words", SCOPES, Map.of("scope", " a  b "), Set.of("a", "b")),
        Arguments.of("no array in scope", SCOPES, Map.of("scope", read), Set.of()),
        Arguments.of("an array elsewhere", SCOPES, Map.of("scp", read), Set.of("identities:read")),
        Arguments.of("words elsewhere", SCOPES, Map.of("scopes", "a b"), Set.of("a", "b")),
        Arguments.of(
            "the union",
            SCOPES,
            Map.of("scope", "a b", "scp", List.of("b", "c"), "scopes", "d"),
            Set.of("a", "b", "c", "d")),
        Arguments.of(
            "permissions",
            List.of("scope", "permissions"),
            Map.of("scope", "a", "permissions", read, "scp", "c"),
            Set.of("a", "identities:read")),
        Arguments.of(
            "a path",
            List.of("resource_access/identities/roles"),
            Map.of("resource_access", Map.of("identities", Map.of("roles", read))),
            Set.of("identities:read")),
        Arguments.of(
            "a path that ends early",
            List.of("resource_access/identities/roles"),
            Map.of("resource_access", Map.of("identities", "roles")),
            Set.of()),
        Arguments.of(
            "values that are no texts",
            List.of("scp"),
            Map.of("scp", Arrays.asList(null, 5, " ", List.of("a"), Map.of("a", "b"), "c")),
            Set.of("c")),
        Arguments.of("a number", List.of("scp"), Map.of("scp", 5), Set.of()),
        Arguments.of("an object", List.of("scp"), Map.of("scp", Map.of("a", "b")), Set.of()),
        Arguments.of("spaces around a name", List.of(" scp "), Map.of("scp", "a"), Set.of("a")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scopes")
  void scopesAreTheUnionOfTheirClaims(
      String name, List<String> names, Map<String, Object> claims, Set<String> expected) {
    assertEquals(expected, scopes(names, claims));
  }

  @ParameterizedTest
  @CsvSource({"' ',scope", "a,' '", "a.,scope", "a,.scope", "a..b,scope"})
  void aBlankNameStopsTheStart(String tenant, String scope) {
    assertThrows(
        ConfigurationException.class,
        () -> new TokenClaims(tenant, List.of("scp", scope), Optional.of(".")));
  }
}
