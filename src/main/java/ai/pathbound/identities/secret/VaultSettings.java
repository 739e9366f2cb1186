package ai.pathbound.identities.secret;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * Which key of Vault's transit engine wraps sealing keys. Where Vault is and how this program
 * proves to it who it is are settings of the Vault extension, {@code quarkus.vault.…}.
 */
@ConfigMapping(prefix = "identities.secrets.vault")
public interface VaultSettings {
  /** The key's name in the transit engine. */
  @WithDefault("identities")
  String transitKey();
}
