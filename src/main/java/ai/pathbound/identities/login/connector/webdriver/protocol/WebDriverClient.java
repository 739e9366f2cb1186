package ai.pathbound.identities.login.connector.webdriver.protocol;

import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;

/**
 * Speaks WebDriver to any remote end (chromedriver, a Selenium Grid, a cloud's). Each call is one
 * command, sent once; it fails with {@link WebDriverException} and nothing else.
 */
public final class WebDriverClient {
  private final WebDriverTransport transport;
  private final Duration timeout;

  /**
   * Speaks over {@code transport}.
   *
   * @param timeout how long one command on an open browser may take
   */
  public WebDriverClient(WebDriverTransport transport, Duration timeout) {
    this.transport = transport;
    this.timeout = timeout;
  }

  /** Opens a browser that has {@code alwaysMatch}; {@code within} is how long that may take. */
  public Uni<Remote> open(URI endpoint, JsonObject alwaysMatch, Duration within) {
    JsonObject body = JsonObject.of("capabilities", JsonObject.of("alwaysMatch", alwaysMatch));
    return transport
        .send(new Remote(endpoint, ""), Command.NEW_SESSION, "", body, within)
        .map(
            value -> {
              if (value instanceof JsonObject session
                  && session.getValue("sessionId") instanceof String id
                  && id.matches("[A-Za-z0-9._-]{1,200}")) {
                return new Remote(endpoint, id);
              }
              throw new WebDriverException(Command.NEW_SESSION, ErrorCode.NOT_WEBDRIVER, "");
            });
  }

  /** What a remote end says of itself; beyond the standard's fields, a Grid tells its nodes. */
  public Uni<JsonObject> status(URI endpoint) {
    return transport
        .send(new Remote(endpoint, ""), Command.STATUS, "", null, timeout)
        .map(value -> value instanceof JsonObject object ? object : new JsonObject());
  }

  /** Closes a browser; one that is gone already is closed. */
  public Uni<Void> close(Remote browser) {
    return transport
        .send(browser, Command.DELETE_SESSION, "", null, timeout)
        .onFailure(
            e -> e instanceof WebDriverException f && f.code() == ErrorCode.INVALID_SESSION_ID)
        .recoverWithNull()
        .replaceWithVoid();
  }

  /** Goes to a page and waits, within the browser's page-load time-out, until it is there. */
  public Uni<Void> goTo(Remote browser, URI page) {
    return command(browser, Command.NAVIGATE_TO, "", JsonObject.of("url", page.toString()));
  }

  /** Runs a script in the page and hands out the object that it returns. */
  public Uni<JsonObject> run(Remote browser, String script, Object... arguments) {
    JsonArray args = new JsonArray();
    for (Object argument : arguments) {
      args.add(argument);
    }
    JsonObject body = JsonObject.of("script", script, "args", args);
    return transport
        .send(browser, Command.EXECUTE_SCRIPT, "", body, timeout)
        .map(value -> value instanceof JsonObject object ? object : new JsonObject());
  }

  /** Clicks; where that leads to another page, waits until it is there. */
  public Uni<Void> click(Remote browser, Element element) {
    return command(browser, Command.ELEMENT_CLICK, element.reference(), new JsonObject());
  }

  /** Empties a field. */
  public Uni<Void> clear(Remote browser, Element element) {
    return command(browser, Command.ELEMENT_CLEAR, element.reference(), new JsonObject());
  }

  /** Types {@code text}; characters from U+E000 on are keys such as Enter, as the standard says. */
  public Uni<Void> type(Remote browser, Element element, Secret text) {
    return Uni.createFrom()
        .deferred(
            () ->
                command(
                    browser,
                    Command.ELEMENT_SEND_KEYS,
                    element.reference(),
                    JsonObject.of("text", text.reveal())));
  }

  /** The cookies that the current page gets; each as the standard serialises a cookie. */
  public Uni<JsonArray> cookies(Remote browser) {
    return transport
        .send(browser, Command.GET_ALL_COOKIES, "", null, timeout)
        .map(value -> value instanceof JsonArray cookies ? cookies : new JsonArray());
  }

  /** Sets a cookie for the domain of the current page. */
  public Uni<Void> addCookie(Remote browser, JsonObject cookie) {
    return command(browser, Command.ADD_COOKIE, "", JsonObject.of("cookie", cookie));
  }

  /** Deletes the cookies of that name that the current page gets. */
  public Uni<Void> deleteCookie(Remote browser, String name) {
    return command(browser, Command.DELETE_COOKIE, name, null);
  }

  private Uni<Void> command(Remote browser, Command command, String element, JsonObject body) {
    return transport.send(browser, command, element, body, timeout).replaceWithVoid();
  }
}
