package ai.pathbound.identities.login.connector.webdriver;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A WebDriver remote end before another one that hands browsers out more than once, each time under
 * an id of its own: to start a Chromium takes longer than a login in it. What is given back is at
 * no page and without a cookie; the rest that a page can leave belongs to its origin, and no two
 * stand-ins have the same port. A browser that does not let itself be cleaned is closed.
 */
final class ReusedBrowsers implements AutoCloseable {
  /** A browser is closed after so many uses: it grows. */
  private static final int MOST_USES = 40;

  /**
   * A browser.
   *
   * @param id its id at the farm
   * @param asked what was asked for, but for its label
   * @param opened what the farm said of it
   * @param uses how often it was handed out
   */
  private record Held(String id, JsonObject asked, JsonObject opened, int uses) {
    Held again() {
      return new Held(id, asked, opened, uses + 1);
    }
  }

  private final URI farm;
  private final WebClient http;
  private final HttpServer server;
  private final Map<String, Held> handedOut = new ConcurrentHashMap<>();
  // Only the server's one event loop touches it.
  private final Map<JsonObject, Deque<Held>> idle = new HashMap<>();

  /** Listens on a free port before {@code farm}. */
  ReusedBrowsers(Vertx vertx, URI farm) {
    this.farm = farm;
    this.http = WebClient.create(vertx);
    this.server = vertx.createHttpServer().requestHandler(this::handle);
    done(server.listen(0, "127.0.0.1"));
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  /** The ids of the browsers that were handed out and not given back. */
  List<String> handedOut() {
    return List.copyOf(handedOut.keySet());
  }

  private void handle(HttpServerRequest request) {
    request
        .body()
        .compose(body -> route(request.method(), request.path(), body))
        .onSuccess(
            answer ->
                request
                    .response()
                    .setStatusCode(answer.statusCode())
                    .putHeader("Content-Type", "application/json; charset=utf-8")
                    .end(answer.body() == null ? Buffer.buffer() : answer.body()))
        // As a farm that hangs up.
        .onFailure(failure -> request.connection().close());
  }

  /** An answer of the farm's, or ours. */
  private record Answer(int statusCode, Buffer body) {
    static Answer of(int statusCode, Object value) {
      return new Answer(statusCode, new JsonObject().put("value", value).toBuffer());
    }

    static Answer of(HttpResponse<Buffer> response) {
      return new Answer(response.statusCode(), response.body());
    }
  }

  private Future<Answer> route(HttpMethod method, String path, Buffer body) {
    if (method.equals(HttpMethod.POST) && path.equals("/session")) {
      return open(body);
    }
    if (!path.startsWith("/session/")) {
      return send(method, path, body).map(Answer::of);
    }
    String[] parts = path.substring("/session/".length()).split("/", 2);
    boolean closing = method.equals(HttpMethod.DELETE) && parts.length == 1;
    Held held = closing ? handedOut.remove(parts[0]) : handedOut.get(parts[0]);
    if (held == null) {
      return Future.succeededFuture(
          Answer.of(404, JsonObject.of("error", "invalid session id", "message", "")));
    }
    return closing
        ? takeBack(held)
        : send(method, path.replaceFirst(parts[0], held.id()), body).map(Answer::of);
  }

  private Future<Answer> open(Buffer body) {
    JsonObject asked = body.toJsonObject();
    asked.getJsonObject("capabilities").getJsonObject("alwaysMatch").remove("se:name");
    Held held = idle.getOrDefault(asked, new ArrayDeque<>()).poll();
    if (held != null) {
      return Future.succeededFuture(handOut(held));
    }
    return send(HttpMethod.POST, "/session", body)
        .map(
            response -> {
              if (response.statusCode() != 200) {
                return Answer.of(response);
              }
              JsonObject opened = response.bodyAsJsonObject().getJsonObject("value");
              return handOut(new Held(opened.getString("sessionId"), asked, opened, 0));
            });
  }

  private Answer handOut(Held held) {
    String id = UUID.randomUUID().toString();
    handedOut.put(id, held.again());
    return Answer.of(200, held.opened().copy().put("sessionId", id));
  }

  private Future<Answer> takeBack(Held held) {
    return clean(held)
        .compose(
            clean -> {
              if (clean && held.uses() < MOST_USES) {
                idle.computeIfAbsent(held.asked(), asked -> new ArrayDeque<>()).add(held);
                return Future.succeededFuture(Answer.of(200, null));
              }
              return send(HttpMethod.DELETE, "/session/" + held.id(), null).map(Answer::of);
            });
  }

  /** Leaves the page and forgets its cookies; whether that is all there was. */
  private Future<Boolean> clean(Held held) {
    String session = "/session/" + held.id();
    JsonObject forget =
        JsonObject.of("cmd", "Network.clearBrowserCookies", "params", new JsonObject());
    return send(HttpMethod.POST, session + "/url", JsonObject.of("url", "data:,").toBuffer())
        .compose(left -> send(HttpMethod.POST, session + "/goog/cdp/execute", forget.toBuffer()))
        .compose(
            forgotten ->
                forgotten.statusCode() == 200
                    ? send(HttpMethod.GET, session + "/window/handles", null)
                    : Future.failedFuture("it keeps its cookies"))
        .map(
            windows ->
                windows.statusCode() == 200
                    && windows.bodyAsJsonObject().getValue("value") instanceof JsonArray handles
                    && handles.size() == 1)
        .otherwise(false);
  }

  private Future<HttpResponse<Buffer>> send(HttpMethod method, String path, Buffer body) {
    HttpRequest<Buffer> request = http.request(method, farm.getPort(), farm.getHost(), path);
    return body == null || body.length() == 0
        ? request.send()
        : request.putHeader("Content-Type", "application/json; charset=utf-8").sendBuffer(body);
  }

  /** Closes the browsers that nobody has. */
  @Override
  public void close() {
    done(server.close());
    idle.values().stream()
        .flatMap(Deque::stream)
        .forEach(held -> done(send(HttpMethod.DELETE, "/session/" + held.id(), null)));
    http.close();
  }

  private static void done(Future<?> work) {
    try {
      work.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
    } catch (TimeoutException | ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
