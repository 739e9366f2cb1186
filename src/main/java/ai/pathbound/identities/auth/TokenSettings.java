package ai.pathbound.identities.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the program makes of bearer tokens. */
@ConfigMapping(prefix = "identities.tokens")
public interface TokenSettings {
  /**
   * How many verified tokens this replica remembers, each until it expires or the key set changes:
   * a call with one of them costs a hash instead of a signature check. About 1 KiB each; 0: none.
   */
  @WithDefault("10000")
  int remembered();
}
