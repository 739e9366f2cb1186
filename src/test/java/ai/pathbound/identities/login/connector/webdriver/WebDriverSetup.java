package ai.pathbound.identities.login.connector.webdriver;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Settings as the configuration would hold them. */
final class WebDriverSetup {
  /** A browser that runs as root and calls nobody. */
  static final String ARGS =
      "--headless,--no-sandbox,--disable-gpu,--disable-dev-shm-usage,--disable-quic,"
          + "--no-first-run,--disable-background-networking,--disable-component-update,"
          + "--disable-sync";

  private static final String PREFIX = "identities.linkedin.webdriver.";

  private final Map<String, String> entries = new HashMap<>();

  private WebDriverSetup() {}

  /** What every test with a real browser wants. */
  static WebDriverSetup forTests() {
    return new WebDriverSetup()
        .with("country", "US")
        .with("args", ARGS)
        .with("poll-interval", "100ms")
        .with("settle-time", "1s")
        .with("landing-timeout", "15s")
        .with("page-timeout", "10s")
        // Bounds only: a busy machine may keep a browser waiting.
        .with("command-timeout", "60s")
        .with("open-timeout", "60s");
  }

  /** Nothing but defaults. */
  static WebDriverSetup empty() {
    return new WebDriverSetup();
  }

  WebDriverSetup with(String key, Object value) {
    entries.put(PREFIX + key, value.toString());
    return this;
  }

  WebDriverSettings settings() {
    return new SmallRyeConfigBuilder()
        .withMapping(WebDriverSettings.class)
        .withConverter(Duration.class, 200, new DurationConverter())
        .withSources(new PropertiesConfigSource(entries, "test", 100))
        .build()
        .getConfigMapping(WebDriverSettings.class);
  }
}
