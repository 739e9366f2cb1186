package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.LogRecorder;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What comes between the password and the feed, beside what the contract asks of it. */
@Tag("faults")
class ChallengeShapesTest extends RealBrowserTest {

  @AfterEach
  void thePasswordWasSentOnce() {
    assertEquals(1, linkedIn.passwordsSent());
    assertEquals(0, linkedIn.passwordsInAddresses());
  }

  @Test
  void anUnknownPageLeavesAnOutlineThatHarmsNobody() {
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    Metrics.addRegistry(metrics);
    try (LogRecorder log = LogRecorder.ofEverything()) {
      begin("ada+unknown@example.com");
      String outline =
          log.lines().stream().filter(line -> line.contains("outline")).findFirst().orElseThrow();
      assertTrue(outline.contains("/checkpoint/challenge/x \"Verify\""), outline);
      assertTrue(outline.contains("input type=file name=passport id=photo-#"), outline);
      assertFalse(outline.contains("Upload"), outline);
      assertFalse(outline.contains("ada"), outline);
      assertTrue(outline.getBytes(StandardCharsets.UTF_8).length < 4300);
      assertEquals(1.0, counted(metrics));
    } finally {
      Metrics.removeRegistry(metrics);
    }
  }

  /** Of all outlines: those of other tests are there too, and not counted here. */
  private static double counted(SimpleMeterRegistry metrics) {
    return metrics.find("identities.linkedin.unknown.pages").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }
}
