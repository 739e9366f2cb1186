package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.pages.LoginFields;
import ai.pathbound.identities.login.connector.webdriver.pages.PageReader;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.connector.webdriver.pages.PagesFile;
import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import ai.pathbound.identities.login.connector.webdriver.protocol.Remote;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverClient;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverTransport;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One browser for single pages, given as text. */
abstract class SinglePageTest {
  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final String LOGIN = "/login";
  static final String CHALLENGE = "/checkpoint/challenge/x";
  static final String FIELDS =
      "<main><p><input autocomplete=username></p><p><input type=password></p>"
          + "<p><button type=button id=go>Sign in</button></p></main>";

  @RegisterExtension
  static final FarmExtension<ChromeDriver> FARM = new FarmExtension<>(ChromeDriver::new);

  private static Vertx vertx;
  private static WebDriverTransport transport;
  static WebDriverClient client;
  private static HttpServer server;
  static Remote browser;
  static PageReader reader;
  private static volatile String page = "";

  @BeforeAll
  static void openABrowser() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        http -> {
          byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
          http.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
          http.sendResponseHeaders(200, bytes.length);
          http.getResponseBody().write(bytes);
          http.close();
        });
    server.start();
    vertx = Vertx.vertx();
    transport = new WebDriverTransport(vertx, 2);
    client = new WebDriverClient(transport, PATIENCE);
    JsonObject options = JsonObject.of("args", JsonArray.of((Object[]) args()));
    browser =
        of(
            client.open(
                FARM.farm().endpoint(), JsonObject.of("goog:chromeOptions", options), PATIENCE));
    reader = new PageReader(client, PagesFile.read(Optional.empty()), base());
  }

  private static String[] args() {
    return WebDriverSetup.ARGS.split(",");
  }

  @AfterAll
  static void closeIt() {
    of(client.close(browser));
    transport.close();
    vertx.closeAndAwait();
    server.stop(0);
  }

  static void open(String path, String body) {
    page = "<!DOCTYPE html><html><body>" + body + "</body></html>";
    of(client.goTo(browser, base().resolve(path)));
  }

  static PageView look() {
    return of(reader.look(browser));
  }

  static LoginFields login() {
    return of(reader.findLogin(browser));
  }

  static String id(Optional<Element> element) {
    return of(client.run(browser, "return {id: arguments[0].id}", element.orElseThrow().argument()))
        .getString("id");
  }

  private static URI base() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  static <T> T of(Uni<T> step) {
    return step.await().atMost(PATIENCE);
  }
}
