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
 * Gives the migrations the names of the roles; and does, where that is asked for, the other thing
 * that this program can do instead of serving: migrates the schema and ends. It ends where the
 * framework sets Flyway up, the earliest moment at which that can be had, so that nothing is made
 * that only a service needs: no API document, no metrics, no worker, no port.
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
   * Completes the configuration of the one datasource's Flyway, and migrates where that is asked
   * for.
   *
   * @throws IllegalStateException once it has: the framework prints the message of its cause to
   *     standard error, one line, and ends with the cause's exit code
   */
  @Override
  public void customize(FluentConfiguration configuration) {
    // Empty where no role is named: a setting cannot be empty, a placeholder can.
    configuration.placeholders(
        Map.of(
            "service_role", settings.serviceRole().orElse(""),
            "pruning_role", settings.pruningRole().orElse("")));
    if (settings.migrateAndExit()) {
      // As a cause: bare, the framework takes it for a start that went well, and waits.
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
