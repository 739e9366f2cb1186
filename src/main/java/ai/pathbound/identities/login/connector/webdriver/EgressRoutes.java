package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.session.Country;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The egress route of each country: which farm and which proxy its browsers use, and what they are
 * asked to be.
 */
final class EgressRoutes {
  private record Route(URI endpoint, Optional<String> proxy) {}

  private final Map<Country, Route> routes = new HashMap<>();
  private final WebDriverSettings settings;
  private final JsonObject more;

  /**
   * Reads the routes.
   *
   * @throws IllegalArgumentException with one sentence that names the setting, where one is wrong
   */
  EgressRoutes(WebDriverSettings settings) {
    this.settings = settings;
    this.more = settings.capabilities().map(EgressRoutes::json).orElseGet(JsonObject::new);
    settings.endpoint().ifPresent(endpoint -> checked("endpoint", endpoint));
    settings
        .country()
        .ifPresent(
            code -> routes.put(country("country", code), route("country", Optional.empty())));
    settings
        .countries()
        .forEach(
            (code, route) ->
                routes.put(
                    country("countries", code), route("countries." + code, Optional.of(route))));
  }

  private Route route(String key, Optional<WebDriverSettings.CountryRoute> own) {
    Optional<URI> endpoint = own.flatMap(WebDriverSettings.CountryRoute::endpoint);
    endpoint.ifPresent(uri -> checked(key + ".endpoint", uri));
    Optional<String> proxy = own.flatMap(WebDriverSettings.CountryRoute::proxy);
    if (proxy.isPresent() && !proxy.get().matches("[^\\s/@]+:[0-9]{1,5}")) {
      throw wrong(key + ".proxy", "is not host:port");
    }
    URI farm =
        endpoint
            .or(settings::endpoint)
            .orElseThrow(() -> wrong(key, "names no endpoint, and there is no default one"));
    return new Route(farm, proxy);
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
    return routes.containsKey(country);
  }

  Optional<URI> endpoint(Country country) {
    return Optional.ofNullable(routes.get(country)).map(Route::endpoint);
  }

  /** Every farm, with a country that it is used for. */
  Map<URI, Country> farms() {
    Map<URI, Country> farms = new HashMap<>();
    routes.forEach((country, route) -> farms.put(route.endpoint(), country));
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
    routes
        .get(country)
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
