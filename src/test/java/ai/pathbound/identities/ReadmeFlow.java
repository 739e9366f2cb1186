package ai.pathbound.identities;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The README's curls, pasted in order into a shell. */
public final class ReadmeFlow {
  private static final Pattern FLOW =
      Pattern.compile("## The flow\\n.*?```shell\\n(.*?)```.*?```shell\\n(.*?)```", Pattern.DOTALL);

  private ReadmeFlow() {}

  /**
   * Pastes them, and looks whether they print what the README says.
   *
   * @param address {@code host:port} of the program to call
   * @param seconds how long each may be held
   */
  public static void paste(String address, int seconds) throws IOException, InterruptedException {
    Matcher flow = FLOW.matcher(Files.readString(Path.of("README.md")));
    assertTrue(flow.find(), "the README has no flow");
    assertEquals(5, flow.group(1).split("curl ", -1).length - 1, "five curls");
    // The stream afterwards: then it tells the end, and ends.
    String script =
        (flow.group(1) + flow.group(2))
            .replace("localhost:8080", address)
            .replace("wait=20", "wait=" + seconds);

    ProcessBuilder bash = new ProcessBuilder("bash", "-e", "-c", script);
    bash.environment().put("TOKEN", Tokens.of("acme", "reader", Tokens.BOTH));
    Process shell = bash.start();
    shell.getOutputStream().close();
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String complaints = new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, shell.waitFor(), complaints);
    assertTrue(printed.contains("\"status\":\"awaiting_2fa\""), printed);
    assertTrue(printed.contains("\"status\":\"completed\""), printed);
    assertTrue(printed.contains("\"connected\":true"), printed);
    assertTrue(printed.contains("event: login\ndata: {"), printed);
  }
}
