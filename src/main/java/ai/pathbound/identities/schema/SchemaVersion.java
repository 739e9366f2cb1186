package ai.pathbound.identities.schema;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.resource.Resource;

/** Which schema this program needs, and which one the database has; asked without JDBC. */
@ApplicationScoped
public class SchemaVersion {
  private static final String PREFIX = "V";
  private static final Pattern FILE = Pattern.compile(PREFIX + "(.+?)__.*\\.sql");
  private static final String APPLIED =
      "select version from flyway_schema_history where success and version is not null";

  private final Pool database;
  private final Optional<MigrationVersion> needed;

  SchemaVersion(Pool database, Flyway flyway) {
    this.database = database;
    // The list of migrations that the build made; asking it opens no connection.
    this.needed =
        newest(
            flyway
                .getConfiguration()
                .getResourceProvider()
                .getResources(PREFIX, new String[] {".sql"})
                .stream()
                .map(Resource::getFilename)
                .toList());
  }

  /** The version of the newest migration that this program carries; empty where it has none. */
  public Optional<MigrationVersion> needed() {
    return needed;
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

  /** Whether a program that needs {@code needed} can serve on {@code applied}: newer is fine. */
  static boolean suffices(Optional<MigrationVersion> applied, Optional<MigrationVersion> needed) {
    return needed.isEmpty() || applied.isPresent() && applied.get().compareTo(needed.get()) >= 0;
  }

  static Optional<MigrationVersion> newest(Collection<String> files) {
    return files.stream()
        .map(FILE::matcher)
        .filter(Matcher::matches)
        .map(file -> MigrationVersion.fromVersion(file.group(1)))
        .filter(Objects::nonNull)
        .max(MigrationVersion::compareTo);
  }
}
