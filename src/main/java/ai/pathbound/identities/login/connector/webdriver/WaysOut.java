package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.session.Country;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Which farm and which proxy a country's browsers use, and what they are asked to be. */
final class WaysOut {
  private record Way(URI endpoint, Optional<String> proxy) {}

  private final Map<Country, Way> ways = new HashMap<>();
  private final WebDriverSettings settings;
  private final JsonObject more;

  /**
   * Reads the ways out.
   *
   * @throws IllegalArgumentException with one sentence that names the setting, where one is wrong
   */
  WaysOut(WebDriverSettings settings) {
    this.settings = settings;
    this.more = settings.capabilities().map(WaysOut::json).orElseGet(JsonObject::new);
    settings.endpoint().ifPresent(endpoint -> checked("endpoint", endpoint));
    settings
        .country()
        .ifPresent(code -> ways.put(country("country", code), way("country", Optional.empty())));
    settings
        .countries()
        .forEach(
            (code, way) ->
                ways.put(country("countries", code), way("countries." + code, Optional.of(way))));
  }

  private Way way(String key, Optional<WebDriverSettings.WayOut> own) {
    Optional<URI> endpoint = own.flatMap(WebDriverSettings.WayOut::endpoint);
    endpoint.ifPresent(uri -> checked(key + ".endpoint", uri));
    Optional<String> proxy = own.flatMap(WebDriverSettings.WayOut::proxy);
    if (proxy.isPresent() && !proxy.get().matches("[^\\s/@]+:[0-9]{1,5}")) {
      throw wrong(key + ".proxy", "is not host:port");
    }
    URI farm =
        endpoint
            .or(settings::endpoint)
            .orElseThrow(() -> wrong(key, "names no endpoint, and there is no default one"));
    return new Way(farm, proxy);
  }

  private static Country country(String key, String code) {
    return Country.parse(code)
        .orElseThrow(() -> wrong(key, "is no country code (ISO 3166-1 alpha-2): " + code));
  }

  private static void checked(String key, URI endpoint) {
    boolean web = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
    if (!web || endpoint.getHost() == null) {
      throw wrong(key, "is no http or https address");
    }
  }

  private static JsonObject json(String capabilities) {
    try {
      return new JsonObject(capabilities);
    } catch (DecodeException e) {
      // No cause: its message quotes the text, which may hold a cloud's key.
      throw wrong("capabilities", "is no JSON object");
    }
  }

  private static IllegalArgumentException wrong(String key, String what) {
    return new IllegalArgumentException("identities.linkedin.webdriver." + key + " " + what);
  }

  boolean reaches(Country country) {
    return ways.containsKey(country);
  }

  Optional<URI> endpoint(Country country) {
    return Optional.ofNullable(ways.get(country)).map(Way::endpoint);
  }

  /** Every farm, with a country that it is used for. */
  Map<URI, Country> farms() {
    Map<URI, Country> farms = new HashMap<>();
    ways.forEach((country, way) -> farms.put(way.endpoint(), country));
    return farms;
  }

  /** The capabilities of a browser for {@code country}; {@code label} shows in a Grid's console. */
  JsonObject capabilities(Country country, String label) {
    JsonObject capabilities =
        JsonObject.of(
            "browserName",
            settings.browser(),
            "pageLoadStrategy",
            "eager",
            "unhandledPromptBehavior",
            "dismiss",
            "timeouts",
            timeouts());
    arguments(settings.browser())
        .ifPresent(
            key -> capabilities.put(key, JsonObject.of("args", new JsonArray(settings.args()))));
    capabilities.put("se:name", Farm.LABEL + label);
    ways.get(country)
        .proxy()
        .ifPresent(
            proxy ->
                capabilities.put(
                    "proxy",
                    JsonObject.of("proxyType", "manual", "httpProxy", proxy, "sslProxy", proxy)));
    return capabilities.mergeIn(more, true);
  }

  private JsonObject timeouts() {
    return JsonObject.of("implicit", 0, "pageLoad", settings.pageTimeout().toMillis());
  }

  private static Optional<String> arguments(String browser) {
    return switch (browser) {
      case "chrome" -> Optional.of("goog:chromeOptions");
      case "MicrosoftEdge" -> Optional.of("ms:edgeOptions");
      case "firefox" -> Optional.of("moz:firefoxOptions");
      default -> Optional.empty();
    };
  }
}
