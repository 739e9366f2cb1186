package ai.pathbound.identities.database;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Gives the migrations the names of the roles, empty where none is set: a setting cannot be empty,
 * a placeholder can.
 */
@Singleton
public class MigrationPlaceholders implements FlywayConfigurationCustomizer {
  private final DatabaseSettings settings;

  MigrationPlaceholders(DatabaseSettings settings) {
    this.settings = settings;
  }

  /** Called once for the one datasource. */
  @Override
  public void customize(FluentConfiguration configuration) {
    configuration.placeholders(
        Map.of(
            "service_role", settings.serviceRole().orElse(""),
            "pruning_role", settings.pruningRole().orElse("")));
  }
}
