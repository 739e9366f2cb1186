package ai.pathbound.identities;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs of this machine for tests that look at the service with tools of others.
 *
 * @param folder where they run
 */
public record CommandLine(Path folder) {
  private static final long LIMIT_SECONDS = 300;

  /**
   * Runs a program to its end.
   *
   * @return the lines that it printed on either output
   * @throws IOException with what it printed, where it ended otherwise than with 0 or was too slow
   */
  public List<String> run(String... command) throws IOException, InterruptedException {
    return run(List.of(command));
  }

  /** The same. */
  public List<String> run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("command", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + "\n" + Files.readString(output));
      }
      return Files.readAllLines(output);
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }
}
