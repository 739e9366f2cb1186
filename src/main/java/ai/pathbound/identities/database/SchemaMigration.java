package ai.pathbound.identities.database;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * The other thing that this program does instead of serving: migrates the schema and ends. It comes
 * before every other observer of the start, so that neither a worker nor a port is opened.
 */
@ApplicationScoped
class SchemaMigration {
  /** Before the framework's own observers, which start at 0. */
  private static final int FIRST = Integer.MIN_VALUE;

  private static final int DONE = 0;
  private static final int FAILED = 1;

  private final DatabaseSettings settings;
  private final Instance<Flyway> flyway;

  SchemaMigration(DatabaseSettings settings, Instance<Flyway> flyway) {
    this.settings = settings;
    this.flyway = flyway;
  }

  /**
   * Migrates where that is asked for.
   *
   * @throws IllegalStateException once it has: the framework prints the message of its cause to
   *     standard error, one line, and ends with the cause's exit code
   */
  void onStart(@Observes @Priority(FIRST) StartupEvent event) {
    if (settings.migrateAndExit()) {
      // As a cause: bare, the framework takes it for a start that went well, and waits.
      throw new IllegalStateException(migrate());
    }
  }

  private PreventFurtherStepsException migrate() {
    try {
      MigrateResult result = flyway.get().migrate();
      return end(
          DONE,
          result.migrationsExecuted == 0
              ? "The schema is at version %s: nothing to migrate."
                  .formatted(result.initialSchemaVersion)
              : "The schema was migrated to version %s: %d migrations."
                  .formatted(result.targetSchemaVersion, result.migrationsExecuted));
    } catch (FlywayException e) {
      return end(FAILED, "The schema cannot be migrated: " + reason(e));
    }
  }

  private static PreventFurtherStepsException end(int exitCode, String line) {
    return new PreventFurtherStepsException(line, exitCode);
  }

  /** On one line: Flyway underlines its headings, and says some things twice. */
  private static String reason(FlywayException failure) {
    return failure
        .getMessage()
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.matches("-+"))
        .distinct()
        .collect(Collectors.joining(" "));
  }
}
