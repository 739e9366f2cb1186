package ai.pathbound.identities.login.connector.webdriver.protocol;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.ext.web.client.HttpRequest;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends commands as HTTP requests. Nothing is ever sent a second time: a command that types would
 * type twice.
 */
public final class WebDriverTransport implements AutoCloseable {
  private static final String JSON = "application/json; charset=utf-8";
  private static final Pattern NETWORK_ERROR = Pattern.compile("net::ERR_[A-Z_]{1,60}");
  private static final int HINT_LENGTH = 200;
  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
  // Shorter than the idle time-outs of the proxies before a farm, which drop what they find idle.
  private static final int KEEP_ALIVE_SECONDS = 15;

  private final WebClient http;

  /**
   * Opens no connection yet.
   *
   * @param connections how many at most per endpoint; each holds one command at a time
   */
  public WebDriverTransport(Vertx vertx, int connections) {
    WebClientOptions options =
        new WebClientOptions()
            .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setFollowRedirects(false)
            .setUserAgent("pathbound-identities");
    HttpClient client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(new PoolOptions().setHttp1MaxSize(connections))
            // A farm that hangs up fails the command that waits: no error of the program beside it.
            .withConnectHandler(connection -> connection.exceptionHandler(known -> {}))
            .build();
    this.http = WebClient.wrap(client, options);
  }

  Uni<Object> send(Remote to, Command command, String element, JsonObject body, Duration timeout) {
    return Uni.createFrom()
        .deferred(
            () -> {
              HttpRequest<Buffer> request = request(to, command, element, timeout);
              return body == null
                  ? request.send()
                  : request.putHeader("Content-Type", JSON).sendBuffer(utf8(body));
            })
        .onFailure()
        .transform(e -> new WebDriverException(command, ErrorCode.FARM_UNREACHABLE, kind(e)))
        .map(response -> value(command, response));
  }

  private HttpRequest<Buffer> request(
      Remote to, Command command, String element, Duration timeout) {
    URI endpoint = to.endpoint();
    String base = endpoint.getScheme() + "://" + endpoint.getHost();
    String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
    String path = endpoint.getRawPath() == null ? "" : endpoint.getRawPath().replaceAll("/+$", "");
    HttpRequest<Buffer> request =
        http.requestAbs(command.method(), base + port + path + command.path(to.session(), element))
            .timeout(timeout.toMillis())
            .putHeader("Accept", "application/json");
    if (endpoint.getUserInfo() != null) {
      String[] userAndKey = endpoint.getUserInfo().split(":", 2);
      request.basicAuthentication(userAndKey[0], userAndKey.length > 1 ? userAndKey[1] : "");
    }
    return request;
  }

  private static Buffer utf8(JsonObject body) {
    return Buffer.newInstance(body.toBuffer());
  }

  private static Object value(Command command, HttpResponse<Buffer> response) {
    JsonObject answer = json(response);
    if (answer == null || !answer.containsKey("value")) {
      throw new WebDriverException(
          command, ErrorCode.NOT_WEBDRIVER, "HTTP " + response.statusCode());
    }
    Object value = answer.getValue("value");
    if (response.statusCode() == 200) {
      return value;
    }
    JsonObject error = value instanceof JsonObject object ? object : new JsonObject();
    throw new WebDriverException(
        command,
        ErrorCode.ofText(String.valueOf(error.getValue("error"))),
        hint(command, String.valueOf(error.getValue("message"))));
  }

  private static JsonObject json(HttpResponse<Buffer> response) {
    try {
      return response.bodyAsJsonObject();
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** What may be told of a remote end's message: all of it only where no secret was sent yet. */
  private static String hint(Command command, String message) {
    if (command == Command.NEW_SESSION) {
      String line = message.lines().findFirst().orElse("");
      return line.substring(0, Math.min(line.length(), HINT_LENGTH));
    }
    Matcher matcher = NETWORK_ERROR.matcher(message);
    return matcher.find() ? matcher.group() : "";
  }

  /** The sort of failure, without its message, which may hold the endpoint's key. */
  private static String kind(Throwable failure) {
    return failure.getClass().getSimpleName();
  }

  @Override
  public void close() {
    http.close();
  }
}
