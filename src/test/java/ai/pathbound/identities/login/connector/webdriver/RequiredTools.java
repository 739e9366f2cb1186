package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Tools beyond Maven that a test needs: where one is absent, the test says so and is skipped. */
public final class RequiredTools {
  private RequiredTools() {}

  /** The path of a program; skips the test where there is none, or fails it if all are required. */
  public static Path require(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(
            () -> {
              String line = program + " is not installed: the tests that need it are skipped";
              if (Boolean.parseBoolean(System.getenv("REQUIRE_TOOLS"))) {
                throw new IllegalStateException(program + " is not installed, and is required");
              }
              System.out.println("[SKIPPED] " + line);
              return abort(line);
            });
  }
}
