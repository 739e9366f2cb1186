package ai.pathbound.identities.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.program.Program;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an operator tries after the build, tried on what this build made. */
class SmokeTestIT {
  @Test
  void theProgramHoldsTheSmokeTest() throws Exception {
    Path output = Files.createTempFile("smoke", ".log");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
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
      } finally {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
