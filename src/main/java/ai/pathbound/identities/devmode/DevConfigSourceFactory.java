package ai.pathbound.identities.devmode;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Supplies in dev mode and tests the settings that an operator gives in production, unless they are
 * set: a database that it starts, keys for tokens, the key that seals secrets.
 */
public final class DevConfigSourceFactory implements ConfigSourceFactory {
  /** Who issues the tokens of dev mode and tests. */
  static final String ISSUER = "https://dev.identities.invalid";

  /** For whom the tokens of dev mode and tests are. */
  static final String AUDIENCE = "identities";

  private static final String URL = "quarkus.datasource.reactive.url";
  private static final String KEY = "mp.jwt.verify.publickey";
  private static final String KEY_LOCATION = "mp.jwt.verify.publickey.location";

  /** Below every other source except the defaults: any configured value wins. */
  private static final int ORDINAL = 50;

  /** Called by SmallRye Config for each configuration that it builds. */
  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    List<String> profiles = context.getProfiles();
    String profile = profiles.contains("test") ? "test" : "dev";
    if (!profiles.contains(profile)) {
      return List.of();
    }
    Map<String, String> settings = new HashMap<>();
    if (!isSet(context, URL)) {
      settings.put(URL, EmbeddedDatabase.url(profile));
      settings.put("quarkus.datasource.username", EmbeddedDatabase.USER);
      settings.put("quarkus.datasource.password", EmbeddedDatabase.USER);
    }
    if (!isSet(context, KEY) && !isSet(context, KEY_LOCATION)) {
      settings.put(KEY, DevKeys.publicJwk());
      settings.put("mp.jwt.verify.issuer", ISSUER);
      settings.put("mp.jwt.verify.audiences", AUDIENCE);
    }
    settings.put("identities.secrets.keys", DevKeys.sealingKeys());
    return List.of(new PropertiesConfigSource(settings, "dev mode and tests", ORDINAL));
  }

  private static boolean isSet(ConfigSourceContext context, String name) {
    ConfigValue value = context.getValue(name);
    return value != null && value.getValue() != null && !value.getValue().isBlank();
  }
}
