package ai.pathbound.identities.webhook;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;

/** Settings for tests without a running program: the defaults, but for some values. */
public final class WebhookSettingsOf {
  private WebhookSettingsOf() {}

  /** Reads {@code values}, named as below {@code identities.webhooks}, as the program would. */
  public static WebhookSettings values(Map<String, String> values) {
    Map<String, String> named = new HashMap<>();
    values.forEach((name, value) -> named.put("identities.webhooks." + name, value));
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(named, "test", 100))
        .withMapping(WebhookSettings.class)
        .build()
        .getConfigMapping(WebhookSettings.class);
  }
}
