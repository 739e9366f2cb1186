package ai.pathbound.identities.connect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.SettableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often one address, and one link, may ask. */
class PageLimitsTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-04-29T12:00:00Z"));
  private final PageLimits limits = new PageLimits(clock);

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7,192.0.2.7",
    "2001:db8:1:2:3:4:5:6,20010db800010002",
    "2001:db8:1:2::1,20010db800010002",
    "::1,0000000000000000",
    "::ffff:192.0.2.7,192.0.2.7",
    "::ffff:c000:207,192.0.2.7",
    "nonsense,nonsense",
    "'',''"
  })
  void anAddressOfIPv6CountsWithItsNetwork(String address, String network) {
    assertEquals(network, PageLimits.network(address));
  }

  @Test
  void whoHasAskedOftenWaitsAndOthersDoNot() {
    for (int i = 0; i < PageLimits.OF_AN_ADDRESS; i++) {
      assertTrue(limits.takeOfAddress("192.0.2.7"));
    }
    assertFalse(limits.takeOfAddress("192.0.2.7"));
    assertTrue(limits.takeOfAddress("192.0.2.8"));
    clock.advance(Duration.ofMinutes(1));
    limits.forget();
    assertTrue(limits.takeOfAddress("192.0.2.7"));
  }

  @Test
  void whoHasVeryManyAddressesKeepsNobodyOut() {
    for (int i = 0; i < 100_001; i++) {
      limits.takeOfAddress("guest " + i);
    }
    assertTrue(limits.takeOfAddress("192.0.2.7"));
    assertTrue(limits.size() <= PageLimits.MOST_KEPT, "remembers " + limits.size());
  }

  @Test
  void whoHasTheTokenTakesNothingFromTheHoldersShare() {
    for (int i = 0; i < PageLimits.OF_A_LINK; i++) {
      assertTrue(limits.takeOfToken("cl_1"));
    }
    assertFalse(limits.takeOfToken("cl_1"));
    for (int i = 0; i < PageLimits.OF_A_LINK; i++) {
      assertTrue(limits.takeOfLink("cl_1"));
    }
    assertFalse(limits.takeOfLink("cl_1"));
    assertTrue(limits.takeOfLink("cl_2"));
    clock.advance(Duration.ofMinutes(1));
    limits.forget();
    assertEquals(0, limits.size());
  }
}
