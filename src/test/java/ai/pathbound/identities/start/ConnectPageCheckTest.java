package ai.pathbound.identities.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where production may have the page of connect links. */
class ConnectPageCheckTest {
  private static final String NAME = "identities.connect.base-url";

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "https://connect.example.com, ''",
    "http://localhost:8080, ''",
    "http://connect.example.com, 'sends passwords over http to another machine: use https'",
    "connect.example.com, 'is no URL'",
    "https://connect.example.com/x, 'must be a scheme, a host and perhaps a port:"
        + " https://connect.example.com'"
  })
  void anAddressThatIsUnfitStopsTheStartWithOneLine(String url, String complaint) {
    List<String> lines =
        StartCheck.of(
                new SmallRyeConfigBuilder()
                    .withConverter(Duration.class, 100, new DurationConverter())
                    .withSources(new PropertiesConfigSource(Map.of(NAME, url), "test", 100))
                    .build())
            .stream()
            .filter(line -> line.contains(NAME))
            .toList();
    assertEquals(
        complaint.isEmpty()
            ? List.of()
            : List.of(
                "Cannot start: " + NAME + " (IDENTITIES_CONNECT_BASE_URL) " + complaint + "."),
        lines);
  }
}
