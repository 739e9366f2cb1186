package ai.pathbound.identities.connect.api;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names people may be asked in. */
class DisplayNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "LinkedIn",
        "LINKEDIN",
        "Linked In",
        "linked-in.",
        "Linkedln",
        "L1nkedIn",
        "\uff2c\uff49\uff4e\uff4b\uff45\uff44\uff29\uff4e",
        "L\u0456nked\u0406n",
        "L\u00efnkedIn",
        "LinkedIn Security",
        "linked-in support",
        "LinkedInSecurity"
      })
  void aNameThatReadsAsLinkedInsIsLinkedIns(String name) {
    assertTrue(DisplayName.isLinkedIn(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Acme",
        "Acme for LinkedIn",
        "Linked Industries",
        "LINKEDINDUSTRIES",
        "Linkedinfluence",
        "L",
        "\u05e9\u05dc\u05d5\u05dd"
      })
  void anyOtherIsNot(String name) {
    assertFalse(DisplayName.isLinkedIn(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0645\u06cc\u200c\u0634\u0648\u062f",
        "\ud83d\udc68\u200d\ud83d\udcbb Dev",
        "Acme & S\u00f6hne"
      })
  void whatScriptsNeedIsTaken(String name) {
    assertTrue(DisplayName.isReadable(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ac\u00adme", "Acme\u200b", "\u202eemcA", "Acme\ufeff", "\u200d"})
  void whatHidesOrTurnsIsNot(String name) {
    assertFalse(DisplayName.isReadable(name));
  }
}
