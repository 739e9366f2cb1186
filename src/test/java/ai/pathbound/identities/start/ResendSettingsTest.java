package ai.pathbound.identities.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How soon production may ask LinkedIn to send again. */
class ResendSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "webdriver, 60s, ''",
    "webdriver, 10M, ''",
    "webdriver, 59s, 'must be at least 1M: 59s'",
    "webdriver, 0s, 'must be at least 1M: 0s'",
    "webdriver, soon, 'is no time such as 24H or 10M: soon'",
    "sandbox, 0s, ''",
    "sandbox, -1s, 'must be at least 0S: -1s'",
  })
  void whatIsTooSoonStopsTheStartWithOneLine(String connector, String value, String complaint) {
    String name = "identities.linkedin.resend-after";
    List<String> lines = StartLines.of(connector, name, value);
    assertEquals(
        complaint.isEmpty()
            ? List.of()
            : List.of(
                "Cannot start: " + name + " (IDENTITIES_LINKEDIN_RESEND_AFTER) " + complaint + "."),
        lines);
  }
}
