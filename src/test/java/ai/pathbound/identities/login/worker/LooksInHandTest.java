package ai.pathbound.identities.login.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LooksInHandTest {
  private final HealthChecksInHand looks = new HealthChecksInHand();

  @ParameterizedTest
  @CsvSource({
    // at a time, logins, looks that may begin
    "16, 0, 4",
    "16, 12, 4",
    "16, 13, 3",
    "16, 15, 1",
    "16, 16, 0",
    "8, 0, 2",
    "8, 7, 1",
    "8, 8, 0",
    "3, 0, 1",
    "1, 0, 1",
    "1, 1, 0"
  })
  void aQuarterIsTheirsAndNothingThatALoginHas(int atATime, int logins, int may) {
    assertEquals(may, looks.room(atATime, logins));
    looks.begin();
    assertEquals(may - 1, looks.room(atATime, logins));
    looks.end();
    assertEquals(may, looks.room(atATime, logins));
  }

  @Test
  void moreLoginsThanBrowsersLeaveNoRoom() {
    assertTrue(looks.room(8, 12) < 1);
  }
}
