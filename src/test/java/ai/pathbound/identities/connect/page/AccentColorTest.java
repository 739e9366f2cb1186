package ai.pathbound.identities.connect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text on a tenant's colour. */
class AccentColorTest {
  @ParameterizedTest
  @CsvSource({
    "000000,#fff",
    "ffffff,#000",
    "0b5c8a,#fff",
    "ffd400,#000",
    "767676,#000",
    "ff0000,#000",
    "0000ff,#fff",
    "00ff00,#000",
    "757575,#fff"
  })
  void isBlackOrWhiteWhicheverContrastsMore(String color, String text) {
    assertEquals(
        ":root{--accent:#" + color + ";--on-accent:" + text + "}\n",
        AccentColor.ofFile("accent-" + color + ".css").orElseThrow().stylesheet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"accent-0b5c8.css", "accent-0B5C8A.css", "accent-0b5c8a;.css", "0b5c8a", "", ".."})
  void anythingElseIsNoColour(String file) {
    assertTrue(AccentColor.ofFile(file).isEmpty());
  }
}
