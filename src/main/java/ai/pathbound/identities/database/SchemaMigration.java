package ai.pathbound.identities.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import io.quarkus.runtime.PreventFurtherStepsException;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Gives the migrations the names of the roles. Where it is configured, migrates the schema and ends
 * the program instead of serving. That happens where the framework sets Flyway up, the earliest
 * possible moment, so that nothing is created that only a service needs: no API document, no
 * metrics, no worker, no port.
 */
@Singleton
class SchemaMigration implements FlywayConfigurationCustomizer {
  private static final int DONE = 0;
  private static final int FAILED = 1;

  private final DatabaseSettings settings;

  SchemaMigration(DatabaseSettings settings) {
    this.settings = settings;
  }

  /**
   * Completes the configuration of the one datasource's Flyway, and migrates where that is
   * configured.
   *
   * @throws IllegalStateException after a migration: the framework prints the message of its cause
   *     to standard error, one line, and ends with the cause's exit code
   */
  @Override
  public void customize(FluentConfiguration configuration) {
    // Empty where no role is named: a setting cannot be empty, a placeholder can.
    configuration.placeholders(
        Map.of(
            "service_role", settings.serviceRole().orElse(""),
            "pruning_role", settings.pruningRole().orElse("")));
    if (settings.migrateAndExit()) {
      // As a cause: thrown directly, the framework takes it for a successful start, and waits.
      throw new IllegalStateException(migrate(configuration.load()));
    }
  }

  private static PreventFurtherStepsException migrate(Flyway flyway) {
    try {
      MigrateResult result = flyway.migrate();
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

  /** On one line: Flyway underlines its headings, and repeats some lines. */
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
