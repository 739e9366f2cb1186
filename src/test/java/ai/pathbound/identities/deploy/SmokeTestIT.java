package ai.pathbound.identities.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.MigratedServer;
import ai.pathbound.identities.program.Program;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an operator tries after the build, tried on what this build made. */
class SmokeTestIT {
  @Test
  void theProgramHoldsTheSmokeTest() throws Exception {
    Path output = Files.createTempFile("smoke", ".log");
    try (EmbeddedPostgres postgres = MigratedServer.builder().start()) {
      ProcessBuilder builder =
          new ProcessBuilder("sh", "deploy/smoke-test.sh", Program.artifact().toString())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      builder
          .environment()
          .put("DATABASE_URL", "postgresql://localhost:" + postgres.getPort() + "/postgres");
      builder.environment().put("DATABASE_USER", "postgres");
      Process script = builder.start();
      try {
        assertTrue(script.waitFor(180, TimeUnit.SECONDS), "it should have ended");
        assertEquals(0, script.exitValue(), Files.readString(output));
        aRollBackMigratesNothing(postgres);
      } finally {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** The init container of the release before runs on the schema of the one that is taken back. */
  private static void aRollBackMigratesNothing(EmbeddedPostgres postgres) throws Exception {
    try (Connection owner = postgres.getPostgresDatabase().getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute(
          """
          insert into flyway_schema_history
            (installed_rank, version, description, type, script, checksum, installed_by,
             execution_time, success)
          values (900, '900', 'of a later release', 'SQL', 'V900__later.sql', 1, 'owner', 1, true)
          """);
    }
    Map<String, String> environment =
        Map.of(
            "QUARKUS_DATASOURCE_REACTIVE_URL",
            "postgresql://localhost:" + postgres.getPort() + "/postgres",
            "QUARKUS_DATASOURCE_USERNAME",
            "postgres",
            "IDENTITIES_DATABASE_MIGRATE_AND_EXIT",
            "true");
    try (Program migration = Program.launch("roll-back", environment)) {
      assertEquals(0, migration.ended(), migration.log());
    }
  }
}
