package ai.pathbound.identities.start;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a start says of one setting. */
final class StartLines {
  private StartLines() {}

  /** The lines that name the setting {@code name}, where it has that value. */
  static List<String> of(String connector, String name, String value) {
    return StartCheck.of(
            new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withSources(
                    new PropertiesConfigSource(
                        Map.of("identities.linkedin.connector", connector, name, value),
                        "test",
                        100))
                .build())
        .stream()
        .filter(line -> line.contains(name))
        .toList();
  }
}
