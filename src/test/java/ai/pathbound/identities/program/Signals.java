package ai.pathbound.identities.program;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What Java cannot send: any signal. */
final class Signals {
  private Signals() {}

  /** Sends it to a process, if there is one still. */
  static void send(String name, long pid) {
    run("kill", "-" + name, Long.toString(pid));
  }

  /** Runs a command to its end; its exit code. */
  static int run(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
