package ai.pathbound.identities.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the database beside its URL. */
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
   * Whether this process migrates the schema, as owner, and ends: exit code 0 where the schema is
   * as this program needs it, 1 where it could not be migrated, 78 where the database is not named.
   * {@code quarkus.init-and-exit=true} means the same.
   */
  @WithDefault("false")
  boolean migrateAndExit();

  /**
   * Whether the serving program reaches the database through a pooler that hands out connections
   * transaction by transaction, as PgBouncer does with {@code pool_mode = transaction}. Then
   * nothing is kept on a connection: no prepared statements, no time-outs (the serving role must
   * have them), and no {@code LISTEN}; logins are found by {@code
   * identities.linkedin.worker.poll-interval} alone.
   */
  @WithDefault("false")
  boolean transactionPooler();

  /**
   * Timeout for acquiring a connection and for one statement, lock waits included. An idle
   * transaction ends after half of it, a silent connection one second after it. Exceeding it gives
   * 503.
   */
  @WithDefault("10s")
  Duration patience();
}
