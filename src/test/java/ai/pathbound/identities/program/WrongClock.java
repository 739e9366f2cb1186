package ai.pathbound.identities.program;

import ai.pathbound.identities.login.connector.webdriver.RequiredTools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A clock on the wall that is wrong, for one process: the library of the Debian package faketime
 * answers it instead of the kernel. How much time passes between two moments stays right.
 */
final class WrongClock {
  private static final Set<String> VARIABLES =
      Set.of("LD_PRELOAD", "FAKETIME", "FAKETIME_DONT_FAKE_MONOTONIC");

  private WrongClock() {}

  /** The environment of a process whose clock is so wrong, such as {@code +60s}. */
  static Map<String, String> by(String offset) throws IOException, InterruptedException {
    String faketime = RequiredTools.require("faketime").toString();
    Process process =
        new ProcessBuilder(List.of(faketime, "--exclude-monotonic", "-f", offset, "env")).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    Map<String, String> environment = new HashMap<>();
    // The times of files are nobody's matter here.
    environment.put("NO_FAKE_STAT", "1");
    printed
        .lines()
        .map(line -> line.split("=", 2))
        .filter(variable -> VARIABLES.contains(variable[0]))
        .forEach(variable -> environment.put(variable[0], variable[1]));
    if (!environment.keySet().containsAll(VARIABLES)) {
      throw new IOException("faketime said " + environment);
    }
    return environment;
  }
}
