package ai.pathbound.identities.database;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Ready: the database answers, and its schema has at least the version that this program needs. A
 * newer schema suffices, because the previous release serves on it too.
 */
@Readiness
@ApplicationScoped
public class SchemaReadiness implements AsyncHealthCheck {
  private static final String NAME = "database schema";
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final SchemaVersion schema;

  SchemaReadiness(SchemaVersion schema) {
    this.schema = schema;
  }

  /** Queries the database once, for two seconds at most. */
  @Override
  public Uni<HealthCheckResponse> call() {
    return schema
        .applied()
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .map(this::judge)
        .onFailure()
        // The cause is omitted: the health endpoint is public.
        .recoverWithItem(HealthCheckResponse.named(NAME).down().build());
  }

  private HealthCheckResponse judge(Optional<MigrationVersion> applied) {
    return HealthCheckResponse.named(NAME)
        .withData("needed", schema.needed().getVersion())
        .withData("applied", applied.map(MigrationVersion::getVersion).orElse("none"))
        .status(SchemaVersion.suffices(applied))
        .build();
  }
}
