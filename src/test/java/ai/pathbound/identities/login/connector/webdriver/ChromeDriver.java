package ai.pathbound.identities.login.connector.webdriver;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chromedriver of the tests' own, with a directory by which its browsers are told from others.
 */
public final class ChromeDriver implements LocalFarm {
  private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final FarmDirectory directory;
  private final Process process;
  private final int port;

  /** Starts it; skips the test where it or Chromium is not installed. */
  public ChromeDriver() {
    Path program = RequiredTools.require("chromedriver");
    RequiredTools.require("chromium");
    try {
      // Not under target: a path to a Unix socket may have 107 characters, and Chromium adds many.
      directory = FarmDirectory.create("identities-browsers");
      ProcessBuilder builder = new ProcessBuilder(program.toString(), "--port=0");
      builder.environment().put("TMPDIR", directory.path().toString());
      builder.redirectErrorStream(true);
      process = builder.start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      port = port(out);
      Thread drain = new Thread(() -> out.lines().forEach(line -> {}), "chromedriver-output");
      drain.setDaemon(true);
      drain.start();
    } catch (IOException e) {
      throw new IllegalStateException("chromedriver does not start", e);
    }
  }

  private static int port(BufferedReader out) throws IOException {
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher matcher = STARTED.matcher(line);
      if (matcher.find()) {
        return Integer.parseInt(matcher.group(1));
      }
    }
    throw new IOException("chromedriver ended at once");
  }

  @Override
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The WebDriver ids of the browsers that are open. */
  List<String> sessions() {
    List<String> ids = new ArrayList<>();
    JsonArray sessions = new JsonObject(get("/sessions")).getJsonArray("value");
    sessions.forEach(session -> ids.add(((JsonObject) session).getString("id")));
    return ids;
  }

  /** The process of each browser, of which its others descend. */
  List<ProcessHandle> browsers() {
    return process.children().toList();
  }

  /** Kills the browsers and leaves chromedriver, as when one runs out of memory. */
  void killBrowsers() {
    process.children().forEach(browser -> browser.descendants().forEach(ProcessHandle::destroy));
    process.children().forEach(ProcessHandle::destroyForcibly);
    // What is killed stays a zombie, without a command line, until chromedriver looks at it.
    await().until(() -> browserProcesses().isEmpty());
  }

  /** How much memory its browsers hold, shared pages counted by share; bytes. */
  long browserMemory() {
    return process
        .descendants()
        .mapToLong(
            browser -> {
              Path rollup = Path.of("/proc", Long.toString(browser.pid()), "smaps_rollup");
              try (var lines = Files.lines(rollup)) {
                return lines
                    .filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .sum();
              } catch (IOException | RuntimeException e) {
                return 0;
              }
            })
        .sum();
  }

  @Override
  public void screenshots(String test) {
    int number = 0;
    for (String session : sessions()) {
      try {
        String name = test.replaceAll("[^A-Za-z0-9]+", "-") + "-" + ++number + ".png";
        Path file = Path.of("target", "screenshots", name);
        Files.createDirectories(file.getParent());
        String picture = get("/session/" + session + "/screenshot");
        Files.write(file, Base64.getDecoder().decode(new JsonObject(picture).getString("value")));
      } catch (IOException | RuntimeException e) {
        System.out.println("no screenshot of " + test + ": " + e.getMessage());
      }
    }
  }

  /** A command outside the connector. */
  public String post(String path, String json) {
    return send(HttpRequest.newBuilder().POST(BodyPublishers.ofString(json)), path);
  }

  /** What it answers to a question outside the connector. */
  public String get(String path) {
    return send(HttpRequest.newBuilder().GET(), path);
  }

  /** Closes a browser. */
  public void closeBrowser(String session) {
    send(HttpRequest.newBuilder().DELETE(), "/session/" + session);
  }

  private String send(HttpRequest.Builder request, String path) {
    try {
      return http.send(
              request
                  .uri(endpoint().resolve(path))
                  .header("Content-Type", "application/json")
                  .timeout(Duration.ofSeconds(20))
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public List<ProcessHandle> browserProcesses() {
    return directory.browserProcesses();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroy();
    try {
      process.waitFor();
      directory.delete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
