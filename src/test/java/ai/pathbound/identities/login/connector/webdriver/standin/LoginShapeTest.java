package ai.pathbound.identities.login.connector.webdriver.standin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What tags and pages of the stand-in promise. */
class LoginShapeTest {

  @ParameterizedTest
  @EnumSource
  void everyShapeHasATag(LoginShape shape) {
    assertEquals(
        Optional.of(shape), LoginShape.of("ada+2fa+" + shape.tag() + "+renew@example.com"));
  }

  @Test
  void aUsernameWithoutSuchATagAsksForNoShape() {
    assertEquals(Optional.empty(), LoginShape.of("ada+newer+2fa@example.com"));
  }

  @Test
  void theIdsOfAPageWithoutAFormAreNeverTwiceTheSame() {
    assertNotEquals(
        ScriptedLogins.page(LoginShape.FORMLESS), ScriptedLogins.page(LoginShape.FORMLESS));
  }
}
