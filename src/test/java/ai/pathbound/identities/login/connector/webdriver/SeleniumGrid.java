package ai.pathbound.identities.login.connector.webdriver;

import static org.awaitility.Awaitility.await;

import ai.pathbound.identities.FreePort;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A Selenium Grid of the tests' own: a hub and a node for two browsers, each a process. The build
 * writes down its class path, which is none of the project's.
 */
final class SeleniumGrid implements LocalFarm {
  private static final Path CLASS_PATH = Path.of("target", "selenium-grid.classpath");
  private static final Path LOGS = Path.of("target", "grid");
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> processes = new ArrayList<>();
  private final FarmDirectory directory;
  private final int port = FreePort.any();

  SeleniumGrid() {
    Path driver = RequiredTools.require("chromedriver");
    RequiredTools.require("chromium");
    try {
      directory = FarmDirectory.create("identities-grid");
      Files.createDirectories(LOGS);
      String publish = "tcp://127.0.0.1:" + FreePort.any();
      String subscribe = "tcp://127.0.0.1:" + FreePort.any();
      start("hub", "--port", "" + port, "--disable-ui", "true", bus(publish, subscribe));
      start(
          "node",
          "--port",
          "" + FreePort.any(),
          "--hub",
          endpoint().toString(),
          "--detect-drivers",
          "false",
          "--selenium-manager",
          "false",
          "--max-sessions",
          "2",
          "--override-max-sessions",
          "true",
          "--driver-configuration",
          "display-name=chromium",
          "webdriver-executable=" + driver,
          "max-sessions=2",
          "stereotype={\"browserName\":\"chrome\"}",
          bus(publish, subscribe));
      await()
          .atMost(START_LIMIT)
          .pollInterval(Duration.ofMillis(500))
          .ignoreExceptions()
          .until(() -> status().getBoolean("ready"));
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static String[] bus(String publish, String subscribe) {
    return new String[] {"--publish-events", publish, "--subscribe-events", subscribe};
  }

  private void start(String role, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp"));
    command.add(Files.readString(CLASS_PATH));
    command.addAll(List.of("org.openqa.selenium.grid.Bootstrap", role));
    for (Object argument : arguments) {
      command.addAll(
          argument instanceof String[] several ? List.of(several) : List.of((String) argument));
    }
    command.addAll(List.of("--host", "127.0.0.1", "--tracing", "false"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(LOGS.resolve(role + ".log").toFile());
    builder.environment().put("TMPDIR", directory.path().toString());
    processes.add(builder.start());
  }

  @Override
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The names of the browsers that are open. */
  List<String> open() {
    List<String> names = new ArrayList<>();
    for (Object node : status().getJsonArray("nodes")) {
      for (Object slot : ((JsonObject) node).getJsonArray("slots")) {
        JsonObject session = ((JsonObject) slot).getJsonObject("session");
        if (session != null) {
          names.add(session.getJsonObject("capabilities").getString("se:name"));
        }
      }
    }
    return names;
  }

  /** Opens a browser that is none of the connector's; its id. */
  String openBrowser(String name) {
    JsonObject options =
        JsonObject.of("args", new JsonArray().add("--headless").add("--no-sandbox"));
    JsonObject capabilities =
        JsonObject.of("browserName", "chrome", "se:name", name, "goog:chromeOptions", options);
    JsonObject body = JsonObject.of("capabilities", JsonObject.of("alwaysMatch", capabilities));
    return send("/session", HttpRequest.newBuilder().POST(BodyPublishers.ofString(body.encode())))
        .getString("sessionId");
  }

  /** Closes a browser. */
  void closeBrowser(String session) {
    send("/session/" + session, HttpRequest.newBuilder().DELETE());
  }

  private JsonObject status() {
    return send("/status", HttpRequest.newBuilder().GET());
  }

  private JsonObject send(String path, HttpRequest.Builder request) {
    try {
      String answer =
          http.send(
                  request
                      .uri(endpoint().resolve(path))
                      .header("Content-Type", "application/json; charset=utf-8")
                      .timeout(Duration.ofSeconds(60))
                      .build(),
                  BodyHandlers.ofString())
              .body();
      return new JsonObject(answer).getJsonObject("value");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    processes.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
    processes.forEach(Process::destroyForcibly);
    try {
      for (Process process : processes) {
        process.waitFor();
      }
      directory.delete();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
