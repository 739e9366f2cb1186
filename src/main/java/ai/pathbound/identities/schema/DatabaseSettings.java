package ai.pathbound.identities.schema;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** What the migrations must know of the database besides its URL. */
@ConfigMapping(prefix = "identities.database")
public interface DatabaseSettings {
  /**
   * The role that the serving program logs in as. The migrations, run as owner, grant it what
   * serving needs; where it is not set, they grant nothing.
   */
  Optional<String> serviceRole();

  /**
   * The role that prunes the audit trail by calling {@code prune_audit_trail}; the migrations grant
   * it that and nothing else.
   */
  Optional<String> pruningRole();
}
