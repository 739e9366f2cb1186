package ai.pathbound.identities.webhook.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.webhook.Receiver;
import ai.pathbound.identities.webhook.Receiver.Received;
import ai.pathbound.identities.webhook.store.Attempt;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections go to the address that was checked, under the name that was asked for. */
class MessageSenderTest {
  private static final String PASSWORD = "changeit";
  private static final String BODY = "{}";

  @TempDir static Path folder;
  private static Vertx vertx;
  private static HttpServer server;
  private static final List<String> SEEN = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void listen() throws IOException, InterruptedException {
    keytool("-genkeypair", "-alias", "server", "-dname", "CN=server", "-keyalg", "EC");
    keytool("-exportcert", "-alias", "server", "-rfc", "-file", folder.resolve("server.pem"));
    vertx = Vertx.vertx();
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setSsl(true)
                    .setSni(true)
                    .setHost("127.0.0.1")
                    .setPort(0)
                    .setKeyCertOptions(
                        new PfxOptions()
                            .setPath(folder.resolve("keys.p12").toString())
                            .setPassword(PASSWORD)))
            .requestHandler(
                request -> {
                  SEEN.add(
                      request.connection().indicatedServerName()
                          + " "
                          + request.getHeader("Host")
                          + " "
                          + request.connection().remoteAddress().hostAddress());
                  request.response().setStatusCode(200).end();
                })
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  private static void keytool(Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    command.addAll(List.of("-keystore", folder.resolve("keys.p12").toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    if (command.contains("-genkeypair")) {
      command.addAll(List.of("-groupname", "secp256r1", "-ext", "san=dns:hooks.example"));
    }
    Path log = folder.resolve("keytool.log");
    Process keytool =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
      throw new IOException(Files.readString(log));
    }
  }

  @AfterAll
  static void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private static String url(String host) {
    return "https://" + host + ":" + server.actualPort() + "/";
  }

  private static HttpClientOptions trusting() {
    return new HttpClientOptions()
        .setTrustOptions(
            new PemTrustOptions().addCertPath(folder.resolve("server.pem").toString()));
  }

  @Test
  void hostSniAndTheCertificateAreTheNamesThoughTheAddressIsPinned() {
    try (SenderHarness sender = new SenderHarness(trusting())) {
      SEEN.clear();
      Attempt attempt = sender.send(url("hooks.example"), BODY, SenderHarness.SECRET);
      assertEquals(Optional.empty(), attempt.error());
      assertEquals(Optional.of(200), attempt.responseStatus());
      assertEquals(
          List.of("hooks.example hooks.example:" + server.actualPort() + " 127.0.0.1"), SEEN);
    }
  }

  @Test
  void aCertificateForAnotherNameOrOfNobodyKnownIsRefusedBeforeAnythingIsSent() {
    SEEN.clear();
    try (SenderHarness sender = new SenderHarness(trusting())) {
      Attempt attempt = sender.send(url("other.example"), BODY, SenderHarness.SECRET);
      assertEquals(Optional.of(Attempt.Error.TLS_FAILED), attempt.error());
    }
    try (SenderHarness sender = new SenderHarness(new HttpClientOptions())) {
      Attempt attempt = sender.send(url("hooks.example"), BODY, SenderHarness.SECRET);
      assertEquals(Optional.of(Attempt.Error.TLS_FAILED), attempt.error());
    }
    assertEquals(List.of(), SEEN);
  }

  @Test
  void theOfficialLibraryTakesItAndRefusesAnotherSecretAnOldTimestampAndAChangedBody() {
    String older = "whsec_" + Base64.getEncoder().encodeToString(new byte[] {1, 2, 3, 4});
    String other = "whsec_" + Base64.getEncoder().encodeToString(new byte[] {5, 6, 7, 8});
    try (SenderHarness sender = new SenderHarness(new HttpClientOptions());
        Receiver receiver = new Receiver()) {
      sender.send(receiver.url("/"), "{\"type\":\"webhook.test\"}", SenderHarness.SECRET, older);
      Received message = receiver.received().get(0);
      assertTrue(message.isVerifiedWith(SenderHarness.SECRET));
      assertTrue(message.isVerifiedWith(older));
      assertFalse(message.isVerifiedWith(other));
      Map<String, List<String>> old = new HashMap<>(message.headers());
      long then = Long.parseLong(message.header("webhook-timestamp")) - 301;
      old.replaceAll(
          (name, values) ->
              name.equalsIgnoreCase("webhook-timestamp") ? List.of(Long.toString(then)) : values);
      assertFalse(
          new Received(message.path(), old, message.body()).isVerifiedWith(SenderHarness.SECRET));
      assertFalse(
          new Received(message.path(), message.headers(), message.body() + " ")
              .isVerifiedWith(SenderHarness.SECRET));
    }
  }

  @Test
  void anEndpointThatSaysNothingIsGivenUpInTime() {
    try (SenderHarness sender = SenderHarness.waiting("2s");
        Receiver receiver = new Receiver()) {
      receiver.answer(Receiver.Answer.status(0));
      long begun = System.nanoTime();
      Attempt attempt = sender.send(receiver.url("/"), BODY, SenderHarness.SECRET);
      assertEquals(Optional.of(Attempt.Error.TIMEOUT), attempt.error());
      assertEquals(Optional.empty(), attempt.responseStatus());
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      assertTrue(took.compareTo(Duration.ofSeconds(2)) >= 0, took::toString);
      assertTrue(took.compareTo(Duration.ofSeconds(15)) < 0, took::toString);
    }
  }

  @Test
  void whereNobodyIsAtTheFirstAddressTheNextIsTried() throws IOException {
    // All of them are this machine; the server listens at the last one alone.
    List<InetAddress> addresses =
        List.of(
            InetAddress.getByName("127.0.0.2"),
            InetAddress.getByName("127.0.0.3"),
            InetAddress.getByName("127.0.0.1"));
    try (SenderHarness sender = new SenderHarness(trusting(), addresses)) {
      SEEN.clear();
      Attempt attempt = sender.send(url("hooks.example"), BODY, SenderHarness.SECRET);
      assertEquals(Optional.of(200), attempt.responseStatus());
      assertEquals(1, SEEN.size());
    }
    try (SenderHarness sender = new SenderHarness(trusting(), addresses.subList(0, 2))) {
      Attempt attempt = sender.send(url("hooks.example"), BODY, SenderHarness.SECRET);
      assertEquals(Optional.of(Attempt.Error.CONNECTION_FAILED), attempt.error());
    }
  }

  @Test
  void nothingIsSentOnceTheClaimIsOver() {
    try (SenderHarness sender = new SenderHarness(new HttpClientOptions());
        Receiver receiver = new Receiver()) {
      Exchange late = SenderHarness.until(System.nanoTime() - 1);
      sender.send(receiver.url("/"), BODY, late);
      assertTrue(late.isInterrupted(), "it says something of the endpoint");
      Exchange inTime = SenderHarness.until(System.nanoTime() + Duration.ofMinutes(1).toNanos());
      sender.send(receiver.url("/in-time"), BODY, inTime);
      assertFalse(inTime.isInterrupted());
      assertEquals(List.of("/in-time"), receiver.received().stream().map(Received::path).toList());
    }
  }

  @Test
  void aFailureOnceTheClaimIsOverSaysNothingOfTheEndpoint() {
    String nobody;
    try (Receiver receiver = new Receiver()) {
      nobody = receiver.url("/");
    }
    try (SenderHarness sender = new SenderHarness(new HttpClientOptions())) {
      Exchange late = SenderHarness.until(System.nanoTime() - 1);
      sender.send(nobody, BODY, late);
      assertTrue(late.isInterrupted());
      Exchange inTime = SenderHarness.until(System.nanoTime() + Duration.ofMinutes(1).toNanos());
      sender.send(nobody, BODY, inTime);
      assertFalse(inTime.isInterrupted());
    }
  }

  @Test
  void whatCannotBeSignedIsNotSent() {
    try (SenderHarness sender = new SenderHarness(new HttpClientOptions());
        Receiver receiver = new Receiver()) {
      // Sealed under a key that this program does not have.
      Attempt attempt =
          sender.sendSealed(receiver.url("/"), BODY, List.of("eyJhbGciOiJub25lIn0.x.x.x.x"));
      assertEquals(Optional.of(Attempt.Error.SECRET_UNREADABLE), attempt.error());
      assertEquals(List.of(), receiver.received());
    }
  }
}
