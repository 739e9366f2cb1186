package ai.pathbound.identities.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process holds of the machine's memory, as Linux tells it (proc(5)).
 *
 * @param pid the process
 */
record ResidentMemory(long pid) {
  private static final String FIELD = "VmRSS:";

  static ResidentMemory of(Program program) {
    return new ResidentMemory(program.process().pid());
  }

  private Path status() {
    return Path.of("/proc", Long.toString(pid), "status");
  }

  /** 0 on systems that do not tell. */
  long mebibytes() {
    return Files.exists(status()) ? kibibytes() / 1024 : 0;
  }

  /**
   * Exactly as it is told.
   *
   * @throws UncheckedIOException on systems that do not tell
   */
  long kibibytes() {
    try {
      return Files.readAllLines(status()).stream()
          .filter(line -> line.startsWith(FIELD))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
