package ai.pathbound.identities.program;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.id.SessionId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Well-behaved clients of several replicas: each write has an {@code Idempotency-Key} and is
 * repeated, with that key and at whichever replica is next, until it is answered. Every login that
 * they were told of is remembered.
 */
final class RetryingClients implements AutoCloseable {
  private static final Pattern IDENTITY = Pattern.compile("\"identity_id\"\\s*:\\s*\"(\\w+)\"");
  private static final Pattern SESSION = Pattern.compile("\"session_id\"\\s*:\\s*\"(\\w+)\"");
  private static final String PERSON =
      "{\"firstName\":\"Ada\",\"lastName\":\"Lovelace\",\"role\":\"CTO\"}";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  // By Retry-After, roughly.
  private static final Duration AS_ASKED = Duration.ofMillis(200);
  // A steady load, and not all that the machine can do, which the programs under test share.
  private static final Duration PACE = Duration.ofMillis(100);

  private final Supplier<List<String>> replicas;
  private final AtomicInteger turn = new AtomicInteger();
  private final Queue<ClientLogin> logins = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final Queue<Future<Void>> clients = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(20))
          .build();
  private volatile boolean stopped;

  /** Of the replicas at those URLs, asked for before each call. */
  RetryingClients(Supplier<List<String>> replicas) {
    this.replicas = replicas;
  }

  /** A login that was accepted. */
  record ClientLogin(String tenant, String identity, String session) {
    UUID row() {
      return SessionId.parse(session).orElseThrow().uuid();
    }
  }

  /** Starts a login of a new identity of that tenant. */
  ClientLogin logIn(String tenant, String username) {
    String identity = repeated(tenant, Client.IDENTITIES, PERSON, IDENTITY);
    String path = Client.IDENTITIES + "/" + identity + "/linkedin/login";
    String body = "{\"username\":\"" + username + "\",\"password\":\"p\"}";
    ClientLogin login = new ClientLogin(tenant, identity, repeated(tenant, path, body, SESSION));
    logins.add(login);
    return login;
  }

  /** Gives the right code. */
  void code(ClientLogin login) {
    repeated(
        login.tenant(),
        Client.IDENTITIES + "/" + login.identity() + "/linkedin/code/" + login.session(),
        "{\"code\":\"123456\"}",
        SESSION);
  }

  /** That many clients log in, one identity after the other, until {@link #stop}. */
  void keepLoggingIn(int count, String username) {
    for (int i = 0; i < count; i++) {
      Callable<Void> client =
          () -> {
            while (!stopped) {
              logIn("crowd", username);
              pause(PACE);
            }
            return null;
          };
      clients.add(threads.submit(client));
    }
  }

  /** They finish what they do; fails where one had to give up. */
  void stop() throws Exception {
    stopped = true;
    for (Future<Void> client : clients) {
      client.get(PATIENCE.toSeconds() * 2, TimeUnit.SECONDS);
    }
  }

  /** Every login that a client was told of. */
  List<ClientLogin> logins() {
    return List.copyOf(logins);
  }

  /** Their rows. */
  List<UUID> rows() {
    return logins.stream().map(ClientLogin::row).toList();
  }

  /** Every call that had to be repeated, and why. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Every answer that was neither good nor a 503 that says when to try again. */
  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** How many calls there were. */
  int calls() {
    return calls.get();
  }

  private String repeated(String tenant, String path, String body, Pattern wanted) {
    String key = UUID.randomUUID().toString();
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < PATIENCE.toNanos()) {
      String answer = once(tenant, path, body, key);
      Matcher found = wanted.matcher(answer);
      if (found.find()) {
        return found.group(1);
      }
      pause(AS_ASKED);
    }
    throw new IllegalStateException("nobody answered " + path + ": " + failures);
  }

  /** One call; empty where it was not answered well. */
  private String once(String tenant, String path, String body, String key) {
    List<String> all = replicas.get();
    if (all.isEmpty()) {
      return "";
    }
    String url = all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + Tokens.of(tenant, "crowd", Tokens.BOTH))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body))
            .build();
    calls.incrementAndGet();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() / 100 == 2) {
        return response.body();
      }
      failures.add(path + " " + response.statusCode() + " " + response.body());
      if (response.statusCode() != 503 || response.headers().firstValue("Retry-After").isEmpty()) {
        wrong.add(path + " " + response.statusCode() + " " + response.body());
      }
    } catch (IOException e) {
      failures.add(path + " " + url + " " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return "";
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }
}
