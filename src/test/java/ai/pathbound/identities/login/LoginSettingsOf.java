package ai.pathbound.identities.login;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Settings for tests without a running program: the defaults, but for some values. */
public final class LoginSettingsOf {
  private LoginSettingsOf() {}

  /** Reads them as the program would. */
  public static LoginSettings values(Map<String, String> values) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(values, "test", 100))
        .withMapping(LoginSettings.class)
        .build()
        .getConfigMapping(LoginSettings.class);
  }
}
