package ai.pathbound.identities.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A receiver of webhooks on this machine, which remembers what came and answers as it is told. */
public final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
  private final AtomicReference<Answer> answer = new AtomicReference<>(Answer.status(204));
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(new CountDownLatch(0));
  private final AtomicInteger held = new AtomicInteger();

  /** Listens on a free port. */
  public Receiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::take);
    server.start();
  }

  /**
   * How to answer.
   *
   * @param status the HTTP status; 0: not at all, until the receiver is closed
   * @param headers more headers
   * @param body the body
   */
  public record Answer(int status, Map<String, String> headers, String body) {
    /** Nothing but a status. */
    public static Answer status(int status) {
      return new Answer(status, Map.of(), "");
    }
  }

  /** What came. */
  public record Received(String path, Map<String, List<String>> headers, String body) {
    /** A header; null where it did not come. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().get(0))
          .findFirst()
          .orElse(null);
    }

    /** The message's id. */
    public String id() {
      return header("webhook-id");
    }

    /** The body as JSON. */
    public JsonPath json() {
      return JsonPath.from(body);
    }

    /**
     * Whether one of its signatures is of that secret, at whatever time: a test's clock is ahead.
     */
    public boolean isSignedWith(String secret) {
      try {
        long seconds = Long.parseLong(header("webhook-timestamp"));
        return List.of(header("webhook-signature").split(" "))
            .contains(new Webhook(secret).sign(id(), seconds, body));
      } catch (WebhookSigningException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Whether the official library takes it, which looks at this machine's clock too. */
    public boolean isVerifiedWith(String secret) {
      try {
        new Webhook(secret).verify(body, headers);
        return true;
      } catch (WebhookVerificationException e) {
        return false;
      }
    }
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(
        new Received(
            exchange.getRequestURI().toString(), Map.copyOf(exchange.getRequestHeaders()), body));
    waitAt(gate.get());
    Answer now = answer.get();
    if (now.status() == 0) {
      waitAt(closed);
      exchange.close();
      return;
    }
    now.headers().forEach(exchange.getResponseHeaders()::add);
    byte[] bytes = now.body().getBytes(StandardCharsets.UTF_8);
    try {
      exchange.sendResponseHeaders(now.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      // Who sent it did not want all of the answer.
    } finally {
      exchange.close();
    }
  }

  private void waitAt(CountDownLatch latch) {
    held.incrementAndGet();
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      held.decrementAndGet();
    }
  }

  /** Answers nothing from now on, until it is told to. */
  public void hold() {
    gate.set(new CountDownLatch(1));
  }

  /** Answers what it held, and what comes. */
  public void letGo() {
    gate.get().countDown();
  }

  /** How many requests wait for their answers at this moment. */
  public int held() {
    return held.get();
  }

  /** Answers like that from now on. */
  public void answer(Answer next) {
    answer.set(next);
  }

  /** A URL of it. */
  public String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  /** All that came. */
  public List<Received> received() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  /** How much came. */
  public int count() {
    return received.size();
  }

  /** What came of one type. */
  public List<Received> received(EventType type) {
    return received().stream()
        .filter(message -> message.json().getString("type").equals(type.wireName()))
        .toList();
  }

  @Override
  public void close() {
    closed.countDown();
    letGo();
    server.stop(0);
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a request is still held");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
