package ai.pathbound.identities.program;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;

/**
 * What this program needs of a Vault: the login of a Kubernetes service account, and the decryption
 * by one transit key, as Vault's HTTP API documents them.
 */
final class TransitDouble implements AutoCloseable {
  /** The account token that it takes. */
  static final String ACCOUNT = "account.token.of-the-pod";

  /** What it hands out for that. */
  static final String TOKEN = "hvs.token-of-the-session";

  /** The ciphertext of {@link #key}. */
  static final String CIPHERTEXT = "vault:v3:b3BhcXVlIHRvIGV2ZXJ5Ym9keSBlbHNl";

  private static final String ROLE = "identities";

  private final HttpServer server;
  private final byte[] key;
  private final List<String> calls = new CopyOnWriteArrayList<>();

  /** Its transit key "identities" decrypts {@link #CIPHERTEXT} as {@code key}. */
  TransitDouble(byte[] key) {
    this.key = key.clone();
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort();
  }

  /** The paths it was asked for, in their order. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  private void answer(HttpExchange call) throws IOException {
    try (call) {
      String path = call.getRequestMethod() + " " + call.getRequestURI().getPath();
      calls.add(path);
      Map<String, Object> asked =
          JsonUtil.parseJson(
              new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      switch (path) {
        case "POST /v1/auth/kubernetes/login" -> login(call, asked);
        case "POST /v1/transit/decrypt/identities" -> decrypt(call, asked);
        default -> send(call, 404, Map.of("errors", List.of()));
      }
    } catch (JoseException e) {
      throw new IOException(e);
    }
  }

  private static void login(HttpExchange call, Map<String, Object> asked) throws IOException {
    if (!ROLE.equals(asked.get("role")) || !ACCOUNT.equals(asked.get("jwt"))) {
      refuse(call);
      return;
    }
    send(
        call,
        200,
        Map.of(
            "auth",
            Map.of(
                "client_token",
                TOKEN,
                "accessor",
                "accessor",
                "policies",
                List.of("identities"),
                "metadata",
                Map.of(),
                "lease_duration",
                3600,
                "renewable",
                true)));
  }

  private void decrypt(HttpExchange call, Map<String, Object> asked) throws IOException {
    boolean known = List.of(Map.of("ciphertext", CIPHERTEXT)).equals(asked.get("batch_input"));
    if (!TOKEN.equals(call.getRequestHeaders().getFirst("X-Vault-Token")) || !known) {
      refuse(call);
      return;
    }
    String plaintext = Base64.getEncoder().encodeToString(key);
    send(
        call,
        200,
        Map.of("data", Map.of("batch_results", List.of(Map.of("plaintext", plaintext)))));
  }

  private static void refuse(HttpExchange call) throws IOException {
    send(call, 403, Map.of("errors", List.of("permission denied")));
  }

  private static void send(HttpExchange call, int status, Map<String, Object> json)
      throws IOException {
    byte[] body = JsonUtil.toJson(json).getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().set("Content-Type", "application/json");
    call.sendResponseHeaders(status, body.length);
    call.getResponseBody().write(body);
  }

  /** From now on nobody answers at its address. */
  void goAway() {
    server.stop(0);
  }

  @Override
  public void close() {
    goAway();
  }
}
