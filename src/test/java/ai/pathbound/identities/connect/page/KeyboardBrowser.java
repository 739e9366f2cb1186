package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.login.connector.webdriver.ChromeDriver;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A Chromium that is used by its keyboard alone, over WebDriver and, for what that cannot say (the
 * size of the screen, no scripts), the DevTools protocol.
 */
final class KeyboardBrowser implements AutoCloseable {
  private static final String TAB = "\uE004";
  private static final String ENTER = "\uE007";
  private static final int FAR = 12;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String AXE = axe();
  private static final String RUN_AXE =
      """
      const done = arguments[arguments.length - 1];
      const options = {rules: {'target-size': {enabled: true}}, resultTypes: ['violations'], preload: false};
      axe.run(document, options).then(
          found => done(found.violations.map(each =>
              each.id + ': ' + each.help + ' ' + each.nodes.map(node => node.html).join(' '))),
          failure => done(['axe: ' + failure]));
      """;

  private final ChromeDriver driver;
  private final String session;
  private boolean scripts = true;

  KeyboardBrowser(ChromeDriver driver) {
    this.driver = driver;
    JsonObject options =
        JsonObject.of(
            "args",
            JsonArray.of(
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"));
    JsonObject capabilities =
        JsonObject.of("pageLoadStrategy", "none", "goog:chromeOptions", options);
    JsonObject opened =
        new JsonObject(
            driver.post(
                "/session",
                JsonObject.of("capabilities", JsonObject.of("alwaysMatch", capabilities))
                    .encode()));
    session = opened.getJsonObject("value").getString("sessionId");
    if (session == null) {
      throw new IllegalStateException(opened.encode());
    }
    devTools("Network.enable", new JsonObject());
  }

  private static String axe() {
    try (var script = KeyboardBrowser.class.getResourceAsStream("/axe.min.js")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Object post(String command, JsonObject body) {
    return value(driver.post("/session/" + session + "/" + command, body.encode()));
  }

  private Object get(String command) {
    return value(driver.get("/session/" + session + "/" + command));
  }

  private static Object value(String answer) {
    Object value = new JsonObject(answer).getValue("value");
    if (value instanceof JsonObject object && object.containsKey("error")) {
      throw new IllegalStateException(
          object.getString("error") + ": " + object.getString("message"));
    }
    return value;
  }

  JsonObject devTools(String command, JsonObject parameters) {
    return (JsonObject)
        post("goog/cdp/execute", JsonObject.of("cmd", command, "params", parameters));
  }

  /** How it is set up: its screen's width in CSS pixels, its language, scripts, dark mode. */
  void be(int width, String language, boolean withScripts, boolean dark) {
    scripts = withScripts;
    devTools(
        "Emulation.setDeviceMetricsOverride",
        JsonObject.of(
            "width", width, "height", 720, "deviceScaleFactor", 1, "mobile", width < 600));
    devTools(
        "Network.setExtraHTTPHeaders",
        JsonObject.of("headers", JsonObject.of("Accept-Language", language)));
    devTools(
        "Emulation.setEmulatedMedia",
        JsonObject.of(
            "features",
            JsonArray.of(
                JsonObject.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    allowScripts(withScripts);
  }

  /** Shows pages as they are printed, or as they are on a screen. */
  void print(boolean printed) {
    devTools("Emulation.setEmulatedMedia", JsonObject.of("media", printed ? "print" : ""));
  }

  private void allowScripts(boolean allowed) {
    devTools("Emulation.setScriptExecutionDisabled", JsonObject.of("value", !allowed));
  }

  void forgetCookies() {
    devTools("Network.clearBrowserCookies", new JsonObject());
  }

  /** The value of the page's cookie, or null. */
  String cookie(String name) {
    return ((JsonArray) get("cookie"))
        .stream()
            .map(JsonObject.class::cast)
            .filter(cookie -> cookie.getString("name").equals(name))
            .map(cookie -> cookie.getString("value"))
            .findFirst()
            .orElse(null);
  }

  /** Has that cookie for a page. */
  void keepCookie(String url, String name, String value) {
    devTools("Network.setCookie", JsonObject.of("url", url, "name", name, "value", value));
  }

  void goTo(String url) {
    post("url", JsonObject.of("url", url));
  }

  /** The same, and waits until what was shown before is gone. */
  void load(String url) {
    run("document.documentElement.id = 'before'");
    goTo(url);
    Awaitility.await(url)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                Boolean.TRUE.equals(
                    run(
                        "return document.readyState === 'complete'"
                            + " && document.documentElement.id !== 'before'")));
  }

  /** What a script of the test's own returns in the page. */
  Object run(String script, Object... arguments) {
    return post(
        "execute/sync", JsonObject.of("script", script, "args", new JsonArray(List.of(arguments))));
  }

  /** The page's words without the isolates of names; empty while it changes. */
  String text() {
    try {
      return String.valueOf(
              run(
                  "return document.readyState === 'complete' && document.querySelector('main')"
                      + " ? document.body.innerText : ''"))
          .replaceAll("[\u2068\u2069]", "")
          .replaceAll("\\s+", " ");
    } catch (IllegalStateException e) {
      return "";
    }
  }

  /** Waits until the page says all of that. */
  void sees(String... words) {
    try {
      Awaitility.await(Arrays.toString(words))
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(50))
          .failFast("the browser is gone", () -> get("url") == null)
          .until(() -> Arrays.stream(words).allMatch(text()::contains));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(Arrays.toString(words) + " is not said by: " + text(), e);
    }
  }

  /** What a screen reader was told last. */
  String announced() {
    return String.valueOf(run("return document.querySelector('[role=status]').textContent"));
  }

  /** Presses the tabulator until the focus is on what the selector finds. */
  void tabTo(String selector) {
    for (int i = 0; i < FAR; i++) {
      if (hasFocus(selector)) {
        return;
      }
      press(TAB);
    }
    throw new AssertionError("the tabulator does not lead to " + selector + " in " + text());
  }

  boolean hasFocus(String selector) {
    return Boolean.TRUE.equals(
        run("return document.activeElement.matches(arguments[0])", selector));
  }

  /** Waits until the focus is there. */
  void awaitFocus(String selector) {
    Awaitility.await("the focus on " + selector)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> hasFocus(selector));
  }

  void enter() {
    press(ENTER);
  }

  /** Key by key. */
  void type(String text) {
    press(text);
  }

  /** At once, as from a password manager or what was copied. */
  void paste(String text) {
    devTools("Input.insertText", JsonObject.of("text", text));
  }

  private void press(String keys) {
    JsonArray strokes = new JsonArray();
    keys.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            key ->
                strokes
                    .add(JsonObject.of("type", "keyDown", "value", key))
                    .add(JsonObject.of("type", "keyUp", "value", key)));
    post(
        "actions",
        JsonObject.of(
            "actions",
            JsonArray.of(JsonObject.of("type", "key", "id", "keyboard", "actions", strokes))));
  }

  String url() {
    return String.valueOf(get("url"));
  }

  /** The address of what the first frame of the page shows. */
  String addressOfFrame() {
    post("frame", JsonObject.of("id", 0));
    try {
      return String.valueOf(run("return location.href"));
    } finally {
      post("frame", new JsonObject().putNull("id"));
    }
  }

  String source() {
    return String.valueOf(get("source"));
  }

  /** Every address that its button for going back leads to, one a line. */
  String history() {
    StringBuilder all = new StringBuilder();
    for (Object entry :
        devTools("Page.getNavigationHistory", new JsonObject()).getJsonArray("entries")) {
      all.append(((JsonObject) entry).getString("url")).append('\n');
    }
    return all.toString();
  }

  /** How many pixels the page is wider than the screen. */
  int tooWide() {
    return ((Number)
            run(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .intValue();
  }

  /** What axe finds in the page as it is. */
  List<String> findings() {
    // What a page is without scripts is settled when it is read; axe is one.
    allowScripts(true);
    try {
      run(AXE + "; return null");
      Object found =
          post("execute/async", JsonObject.of("script", RUN_AXE, "args", new JsonArray()));
      return ((JsonArray) found).stream().map(String::valueOf).toList();
    } finally {
      allowScripts(scripts);
    }
  }

  /** Takes a picture of the whole page. */
  void picture(Path file) {
    JsonObject whole =
        devTools("Page.getLayoutMetrics", new JsonObject()).getJsonObject("cssContentSize");
    JsonObject shot =
        devTools(
            "Page.captureScreenshot",
            JsonObject.of(
                "format", "png", "captureBeyondViewport", true, "clip", whole.put("scale", 1)));
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(shot.getString("data")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.closeBrowser(session);
  }
}
