package ai.pathbound.identities.login.connector.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.pathbound.identities.login.LoginSettings;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SandboxSettingsTest {

  @Test
  void whatIsNotSetHasItsDocumentedDefault() {
    SandboxSettings settings = read(Map.of()).getConfigMapping(SandboxSettings.class);
    assertEquals(Duration.ofSeconds(3), settings.confirmAfter());
    assertEquals(Duration.ofSeconds(20), settings.slowFor());
    assertEquals(Optional.empty(), settings.unavailableCountries());
  }

  @Test
  void theSandboxsSettingsLieWithinThoseOfTheLogin() {
    SmallRyeConfig config =
        read(
            Map.of(
                "identities.linkedin.connector", "sandbox",
                "identities.linkedin.sandbox.confirm-after", "250ms",
                "identities.linkedin.sandbox.slow-for", "1m",
                "identities.linkedin.sandbox.unavailable-countries", "DE,KP"));
    SandboxSettings settings = config.getConfigMapping(SandboxSettings.class);
    assertEquals(Optional.of("sandbox"), config.getConfigMapping(LoginSettings.class).connector());
    assertEquals(Duration.ofMillis(250), settings.confirmAfter());
    assertEquals(Duration.ofMinutes(1), settings.slowFor());
    assertEquals(Optional.of(Set.of("DE", "KP")), settings.unavailableCountries());
  }

  @Test
  void aSettingThatDoesNotExistStopsTheStart() {
    assertThrows(
        ConfigValidationException.class,
        () -> read(Map.of("identities.linkedin.sandbox.slow-four", "1m")));
  }

  private static SmallRyeConfig read(Map<String, String> settings) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withSources(new PropertiesConfigSource(settings, "test", 100))
        .withMapping(LoginSettings.class)
        .withMapping(SandboxSettings.class)
        .build();
  }
}
