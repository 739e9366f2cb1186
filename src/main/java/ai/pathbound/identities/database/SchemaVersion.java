package ai.pathbound.identities.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.flywaydb.core.api.MigrationVersion;

/** Which schema this program needs, and which one the database has; asked without JDBC. */
@ApplicationScoped
public class SchemaVersion {
  // Written down instead of asked of Flyway, which would take its part of every start to set up and
  // then never run. A test compares it with the migrations.
  private static final MigrationVersion NEEDED = MigrationVersion.fromVersion("16");
  private static final String APPLIED =
      "select version from flyway_schema_history where success and version is not null";

  private final Pool database;

  SchemaVersion(Pool database) {
    this.database = database;
  }

  /** The version of the newest migration that this program carries. */
  public MigrationVersion needed() {
    return NEEDED;
  }

  /** The newest version that was applied, or empty; fails where the database cannot say. */
  public Uni<Optional<MigrationVersion>> applied() {
    return database
        .query(APPLIED)
        .execute()
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> MigrationVersion.fromVersion(row.getString(0)))
                    .max(MigrationVersion::compareTo));
  }

  /** Whether this program can serve on {@code applied}: newer is fine. */
  public static boolean suffices(Optional<MigrationVersion> applied) {
    return applied.isPresent() && applied.get().compareTo(NEEDED) >= 0;
  }
}
