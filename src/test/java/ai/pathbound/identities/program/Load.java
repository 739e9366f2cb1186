package ai.pathbound.identities.program;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** Clients that go on calling programs until one no longer listens, and remember every call. */
final class Load implements AutoCloseable {
  private static final Pattern IDENTITY = Pattern.compile("\"identity_id\"\\s*:\\s*\"(\\w+)\"");
  private static final Pattern SESSION = Pattern.compile("\"session_id\"\\s*:\\s*\"(\\w+)\"");
  private static final String PERSON =
      "{\"firstName\":\"Ada\",\"lastName\":\"Lovelace\",\"role\":\"CTO\"}";

  private final String token;
  private final Map<String, AtomicInteger> underWay = new ConcurrentHashMap<>();
  private List<String> urls;
  private int next;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(20))
          .build();
  private final Queue<LoadCall> calls = new ConcurrentLinkedQueue<>();
  private final Queue<LoadLogin> logins = new ConcurrentLinkedQueue<>();
  private volatile boolean stopped;

  /** Of one tenant's clients. */
  Load(String url, Client client) {
    this.urls = List.of(url);
    this.token = Tokens.of(client.tenant(), "load", client.scope());
  }

  /**
   * A call.
   *
   * @param sentAt by {@link System#nanoTime}
   * @param endedAt likewise
   * @param status as answered; 0 where there was no answer
   */
  record LoadCall(String what, long sentAt, long endedAt, int status) {}

  /** A login that was accepted. */
  record LoadLogin(String identity, String session, String username) {}

  /** Calls those from now on, in turns; returns once no other is called any more. */
  void moveTo(String... others) {
    synchronized (this) {
      urls = List.of(others);
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                underWay.entrySet().stream()
                    .allMatch(url -> urls.contains(url.getKey()) || url.getValue().get() == 0));
  }

  /** Which one to call now; whoever asks says {@link #called} afterwards. */
  private synchronized String toCall() {
    String url = urls.get(next++ % urls.size());
    underWay.computeIfAbsent(url, first -> new AtomicInteger()).incrementAndGet();
    return url;
  }

  private void called(String url) {
    underWay.get(url).decrementAndGet();
  }

  /** Asks again and again whether an identity is connected. */
  void checking(String identity) {
    threads.execute(
        () -> {
          while (!stopped) {
            call("GET", Client.IDENTITIES + "/" + identity + "/linkedin/check", "", "", IDENTITY);
            // The programs need some of this machine too.
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
          }
        });
  }

  /** Creates identities and starts logins, one after the other. */
  void loggingIn(String username) {
    threads.execute(
        () -> {
          while (!stopped) {
            logIn(username, "");
          }
        });
  }

  /** Starts one login, and prefers to wait for its end. */
  void loggingInOnce(String username, String prefer) {
    threads.execute(() -> logIn(username, prefer));
  }

  private void logIn(String username, String prefer) {
    String identity = call("POST", Client.IDENTITIES, PERSON, "", IDENTITY);
    if (identity.isEmpty()) {
      return;
    }
    String path = Client.IDENTITIES + "/" + identity + "/linkedin/login";
    String body = "{\"username\":\"" + username + "\",\"password\":\"p\"}";
    String session = call("POST", path, body, prefer, SESSION);
    if (!session.isEmpty()) {
      logins.add(new LoadLogin(identity, session, username));
      call("GET", Client.status(identity, session), "", "", SESSION);
    }
  }

  private String call(String method, String path, String body, String prefer, Pattern wanted) {
    String url = toCall();
    try {
      return call(url, method, path, body, prefer, wanted);
    } finally {
      called(url);
    }
  }

  private String call(
      String url, String method, String path, String body, String prefer, Pattern wanted) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!prefer.isEmpty()) {
      request.header("Prefer", prefer);
    }
    String what = method + " " + path.replaceAll("_\\w{26}", "_…") + " " + prefer;
    long sent = System.nanoTime();
    try {
      var response = http.send(request.build(), BodyHandlers.ofString());
      calls.add(new LoadCall(what, sent, System.nanoTime(), response.statusCode()));
      Matcher found = wanted.matcher(response.body());
      return found.find() ? found.group(1) : "";
    } catch (IOException e) {
      calls.add(new LoadCall(what + " " + e, sent, System.nanoTime(), 0));
      // The program is gone, or will be.
      stopped = true;
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
      return "";
    }
  }

  /** Every call that has ended. */
  List<LoadCall> calls() {
    return List.copyOf(calls);
  }

  /** Every login that a client was told of. */
  List<LoadLogin> logins() {
    return List.copyOf(logins);
  }

  /** Lets the clients finish what they do. */
  void stop() throws InterruptedException {
    stopped = true;
    await();
  }

  /** Waits for the clients to find that the program is gone. */
  void await() throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(70, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a client still waits");
    }
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }
}
