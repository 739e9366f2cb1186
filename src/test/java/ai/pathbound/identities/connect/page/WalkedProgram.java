package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.FreePort;
import ai.pathbound.identities.login.connector.webdriver.ChromeDriver;
import ai.pathbound.identities.program.ProductionEnvironment;
import ai.pathbound.identities.program.Program;
import ai.pathbound.identities.program.TraceCollector;
import com.sun.net.httpserver.HttpServer;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;

/** The packaged program, a browser and another site: what surrounds a holder. */
abstract class WalkedProgram {
  static TraceCollector collector;
  static ProductionEnvironment surroundings;
  static Program program;
  static ChromeDriver driver;
  static KeyboardBrowser browser;
  static HttpServer elsewhere;
  static int port;

  @BeforeAll
  static void start(TestInfo test) throws IOException {
    // Two such tests may run at the same time, and a program is known by the log of its name.
    String name = test.getTestClass().orElseThrow().getSimpleName();
    collector = new TraceCollector();
    driver = new ChromeDriver();
    port = FreePort.any();
    Map<String, String> settings = new HashMap<>(collector.settings(name));
    settings.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    settings.put("IDENTITIES_CONNECT_BASE_URL", "http://localhost:" + port);
    // Long enough to be looked at, which takes a second and a half where three tests run at once.
    settings.put("IDENTITIES_LINKEDIN_SANDBOX_CONFIRM_AFTER", "8s");
    settings.put("IDENTITIES_LINKEDIN_SANDBOX_SLOW_FOR", "8s");
    settings.put("QUARKUS_LOG_LEVEL", "DEBUG");
    surroundings = ProductionEnvironment.start(settings);
    program = Program.start(name, surroundings.environment());
    RestAssured.baseURI = program.url();
    browser = new KeyboardBrowser(driver);
    elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    elsewhere.start();
  }

  @AfterAll
  static void stop() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
    for (AutoCloseable each :
        new AutoCloseable[] {
          browser, driver, program, surroundings, collector, () -> elsewhere.stop(0)
        }) {
      try {
        if (each != null) {
          each.close();
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The URL of a page of another origin, which is another site. */
  static String page(String html) {
    byte[] body = ("<!doctype html><main>" + html + "</main>").getBytes(StandardCharsets.UTF_8);
    String path = "/" + System.nanoTime();
    elsewhere.createContext(
        path,
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html;charset=UTF-8");
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    return "http://127.0.0.1:" + elsewhere.getAddress().getPort() + path;
  }

  /** Runs it as the owner; how many rows it has changed. */
  static int sql(String statement) {
    try (Connection connection = surroundings.owner().getConnection();
        Statement run = connection.createStatement()) {
      run.execute(statement);
      return run.getUpdateCount();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
