package ai.pathbound.identities.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** Settings for bearer tokens. */
@ConfigMapping(prefix = "identities.tokens")
public interface TokenSettings {
  /**
   * How many verified tokens this replica remembers, each until it expires or the key set changes:
   * a call with one of them costs a hash instead of a signature check. About 1 KiB each; 0: none.
   */
  @WithDefault("10000")
  int remembered();

  /**
   * The claim that names the tenant. A namespaced name, such as {@code https://example.com/tenant},
   * is one name.
   */
  @WithDefault("tenant_id")
  String tenantClaim();

  /**
   * The claims that hold scopes, of which the union counts: each a text of words, or an array of
   * texts ({@code scope} is a text alone, as RFC 9068 has it).
   */
  @WithDefault("scope,scp,scopes")
  List<String> scopeClaims();

  /**
   * What separates the names of a claim that lies inside of other claims, such as {@code .} in
   * {@code realm.tenant}. Not set: no name is a path.
   */
  Optional<String> claimPathSeparator();
}
