package ai.pathbound.identities.webhook.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.ConnectedOperatorProfile;
import ai.pathbound.identities.webhook.WebhookClient;
import ai.pathbound.identities.webhook.WebhookClient.Made;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Receivers whose certificate an authority of the operator's signed, and no public one. */
@QuarkusTest
@TestProfile(ConnectedOperatorProfile.class)
class PrivateAuthorityTest {
  private static Vertx vertx;
  private static HttpServer known;
  private static HttpServer unknown;

  private final WebhookClient client = WebhookClient.ofNewTenant();

  @BeforeAll
  static void listen() {
    vertx = Vertx.vertx();
    known = server(ConnectedOperatorProfile.KNOWN);
    unknown = server(ConnectedOperatorProfile.UNKNOWN);
  }

  private static HttpServer server(String properties) {
    return vertx
        .createHttpServer(
            new HttpServerOptions()
                .setSsl(true)
                .setHost("127.0.0.1")
                .setPort(0)
                .setKeyCertOptions(
                    new PemKeyCertOptions()
                        .addKeyPath(System.getProperty(properties + ".key"))
                        .addCertPath(System.getProperty(properties + ".crt"))))
        .requestHandler(request -> request.response().setStatusCode(204).end())
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  @AfterAll
  static void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** The first attempt's error, or null where it arrived. */
  private String attempt(String host, HttpServer server) {
    Made endpoint = client.endpoint("https://" + host + ":" + server.actualPort() + "/");
    client.test(endpoint.id());
    String attempts = "deliveries[0].attempts";
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !client.deliveries(endpoint.id()).getList(attempts).isEmpty());
    return client.deliveries(endpoint.id()).getString(attempts + "[0].error");
  }

  @Test
  void aReceiverOfTheOperatorsAuthorityIsBelieved() {
    assertEquals(null, attempt("localhost", known));
  }

  @Test
  void itsNameIsComparedAllTheSame() {
    assertEquals("tls_failed", attempt("127.0.0.1", known));
  }

  @Test
  void aReceiverOfAnotherAuthorityIsNot() {
    assertEquals("tls_failed", attempt("localhost", unknown));
  }
}
