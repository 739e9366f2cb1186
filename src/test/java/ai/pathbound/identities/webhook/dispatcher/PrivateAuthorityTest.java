package ai.pathbound.identities.webhook.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.program.Certificates;
import ai.pathbound.identities.webhook.WebhookClient;
import ai.pathbound.identities.webhook.WebhookClient.Made;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Receivers whose certificate an authority of the operator's signed, and no public one. */
@QuarkusTest
@TestProfile(PrivateAuthorityTest.OwnAuthority.class)
class PrivateAuthorityTest {
  /** Names the first of two authorities. */
  public static final class OwnAuthority implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      try {
        Certificates certificates = new Certificates();
        // The server of this test reads them: profile and test are of two class loaders.
        System.setProperty("private-authority.key", certificates.key("server").toString());
        System.setProperty("private-authority.crt", certificates.certificate("server").toString());
        System.setProperty("private-authority.other.key", certificates.key("other").toString());
        System.setProperty(
            "private-authority.other.crt", certificates.certificate("other").toString());
        return Map.of(
            "quarkus.tls.webhooks.trust-store.pem.certs",
            certificates.certificate("ca").toString());
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Vertx vertx;
  private static HttpServer known;
  private static HttpServer unknown;

  private final WebhookClient client = WebhookClient.ofNewTenant();

  @BeforeAll
  static void listen() {
    vertx = Vertx.vertx();
    known = server("private-authority");
    unknown = server("private-authority.other");
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
