package ai.pathbound.identities.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What the program must know of the database besides its URL. */
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

  /**
   * How long a request may wait for a connection, and the database take for one statement, its
   * locks included; half as long it keeps a transaction in which nothing happens, and a second
   * longer may a connection be silent. What waited for longer is answered with 503.
   */
  @WithDefault("10s")
  Duration patience();
}
