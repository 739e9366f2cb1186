package ai.pathbound.identities.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often production may look at stored sessions. */
class HealthSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "webdriver, interval, 24H, ''",
    "webdriver, interval, 1H, ''",
    "webdriver, interval, 0, ''",
    "webdriver, interval, 59M, 'must be at least 1H, or 0 for never: 59M'",
    "webdriver, interval, -1H, 'must be at least 1H, or 0 for never: -1H'",
    "webdriver, interval, daily, 'is no time such as 24H or 10M: daily'",
    "webdriver, confirm-after, 10M, ''",
    "webdriver, confirm-after, 0, 'must be at least 10M: 0'",
    "webdriver, confirm-after, 599s, 'must be at least 10M: 599s'",
    "sandbox, interval, 1s, ''",
    "sandbox, interval, 999ms, 'must be at least 1S, or 0 for never: 999ms'",
    "sandbox, confirm-after, 1s, ''",
    "sandbox, confirm-after, 0s, 'must be at least 1S: 0s'",
  })
  void whatIsTooOftenStopsTheStartWithOneLine(
      String connector, String key, String value, String complaint) {
    String name = "identities.linkedin.health." + key;
    List<String> lines = StartLines.of(connector, name, value);
    String variable =
        "IDENTITIES_LINKEDIN_HEALTH_" + key.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
    assertEquals(
        complaint.isEmpty()
            ? List.of()
            : List.of("Cannot start: " + name + " (" + variable + ") " + complaint + "."),
        lines);
  }
}
