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

  private static final Pattern WEBHOOK =
      Pattern.compile("```shell\\n(# 6\\. A webhook\\n.*?)```", Pattern.DOTALL);

  private static final Pattern LINK =
      Pattern.compile("```shell\\n(# 7\\. A connect link\\n.*?)```", Pattern.DOTALL);

  private ReadmeFlow() {}

  /**
   * Pastes them, and looks whether they print what the README says.
   *
   * @param address {@code host:port} of the program to call
   * @param seconds how long each may be held
   */
  public static void paste(String address, int seconds) throws IOException, InterruptedException {
    paste(address, seconds, Tokens.of("acme", "reader", Tokens.ALL), "");
  }

  /**
   * The same with the webhook and the connect link after it, which take a program that may send to
   * this machine and has the page on it.
   *
   * @param token of all scopes, as the README's reader has it from the program
   */
  public static void pasteWithWebhook(String address, int seconds, String token)
      throws IOException, InterruptedException {
    Matcher webhook = WEBHOOK.matcher(Files.readString(Path.of("README.md")));
    assertTrue(webhook.find(), "the README has no webhook");
    Matcher link = LINK.matcher(Files.readString(Path.of("README.md")));
    assertTrue(link.find(), "the README has no connect link");
    String port = Integer.toString(FreePort.any());
    String printed =
        paste(
            address,
            seconds,
            token,
            (webhook.group(1).replace("9000", port) + link.group(1))
                .replace("localhost:8080", address));
    assertTrue(printed.contains("\"secret\":\"whsec_"), printed);
    assertTrue(printed.contains("POST /hook HTTP/1.1"), printed);
    assertTrue(printed.contains("webhook-signature: v1,"), printed);
    assertTrue(printed.contains("{\"type\":\"linkedin.session.disconnected\""), printed);
    assertTrue(printed.contains("\"url\":\"http://localhost:8080/connect/"), printed);
  }

  private static String paste(String address, int seconds, String token, String more)
      throws IOException, InterruptedException {
    Matcher flow = FLOW.matcher(Files.readString(Path.of("README.md")));
    assertTrue(flow.find(), "the README has no flow");
    assertEquals(5, flow.group(1).split("curl ", -1).length - 1, "five curls");
    // The stream afterwards: then it tells the end, and ends.
    String script =
        (flow.group(1) + flow.group(2))
            .replace("localhost:8080", address)
            .replace("wait=20", "wait=" + seconds);

    ProcessBuilder bash = new ProcessBuilder("bash", "-e", "-c", script + more);
    bash.environment().put("TOKEN", token);
    Process shell = bash.start();
    shell.getOutputStream().close();
    String printed = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String complaints = new String(shell.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, shell.waitFor(), complaints);
    assertTrue(printed.contains("\"status\":\"awaiting_2fa\""), printed);
    assertTrue(printed.contains("\"status\":\"completed\""), printed);
    assertTrue(printed.contains("\"connected\":true"), printed);
    assertTrue(printed.contains("event: login\ndata: {"), printed);
    return printed;
  }
}
