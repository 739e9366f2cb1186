package ai.pathbound.identities.login.connector.webdriver;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the {@code webdriver} connector reaches LinkedIn. */
@ConfigMapping(prefix = "identities.linkedin.webdriver")
public interface WebDriverSettings {
  /**
   * The browser farm: the address of a chromedriver, a Selenium Grid or a cloud's, with {@code
   * user:key@} where it wants them. For every country that names no endpoint of its own.
   */
  Optional<URI> endpoint();

  /**
   * The country (ISO 3166-1 alpha-2) in which that farm's browsers go out by themselves, without a
   * proxy. Without it only the countries below are reached.
   */
  Optional<String> country();

  /** The egress routes by country, the key an ISO 3166-1 alpha-2 code in upper case. */
  Map<String, CountryRoute> countries();

  /** LinkedIn's address. Nothing is ever typed into a page of another origin. */
  @WithDefault("https://www.linkedin.com")
  URI baseUrl();

  /** A file that takes the place of the program's own {@code linkedin-pages.properties}. */
  Optional<String> pages();

  /** The browser's name in the WebDriver protocol: {@code chrome}, {@code MicrosoftEdge} … */
  @WithDefault("chrome")
  String browser();

  /** The browser's command line. A sandboxed browser needs no more; see the operator's guide. */
  @WithDefault("--headless")
  List<String> args();

  /**
   * More capabilities, a JSON object that is merged over ours: a platform, a cloud's own options, a
   * browser's path ({@code {"goog:chromeOptions":{"binary":"…"}}}).
   */
  Optional<String> capabilities();

  /**
   * How many browsers this replica drives at once, 1 or more; further steps wait their turn. How
   * many can be open is the farm's to bound.
   */
  @WithDefault("8")
  int maxBrowsers();

  /** How long the farm may take to open a browser. */
  @WithDefault("60s")
  Duration openTimeout();

  /** How long the browser gives a page to load. */
  @WithDefault("30s")
  Duration pageTimeout();

  /** How long one command to an open browser may take; longer than a page. */
  @WithDefault("45s")
  Duration commandTimeout();

  /** How long LinkedIn may take to go on after something was sent. */
  @WithDefault("60s")
  Duration landingTimeout();

  /**
   * How long a page must stay as it is before it is called unknown, and how long nothing may have
   * come to a login that only a script can send.
   */
  @WithDefault("5s")
  Duration settleTime();

  /** How long to wait between two looks at a page. */
  @WithDefault("250ms")
  Duration pollInterval();

  /** The egress route of one country. */
  interface CountryRoute {
    /** A farm of its own, whose browsers are in that country or reach its proxy. */
    Optional<URI> endpoint();

    /** A proxy in that country, {@code host:port}, for HTTP and HTTPS; without a password. */
    Optional<String> proxy();
  }
}
