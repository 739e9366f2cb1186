package ai.pathbound.identities.login.connector.webdriver.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of an unknown page comes into the log. */
class PageOutlineTest {
  private static final int MOST = 4096;

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Test
  void anOutlineOfFourKilobytesIsWhole() {
    String head = "/a \"b\"\n";
    String tree = "x".repeat(MOST - bytes(head));
    assertEquals(head + tree, new PageOutline("/a", "b", tree).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "xx", "xxx"})
  void aLongerOneIsCutBetweenTwoCharacters(String shift) {
    String whole = "/a \"" + shift + "\"\n" + "𝄞é€x".repeat(1000);
    String cut = new PageOutline("/a", shift, "𝄞é€x".repeat(1000)).text();
    assertTrue(bytes(cut) <= MOST, bytes(cut) + " bytes");
    assertTrue(bytes(cut) > MOST - 8, "more was cut than had to be");
    assertTrue(cut.endsWith("…"));
    assertTrue(whole.startsWith(cut.substring(0, cut.length() - 1)), "a character was torn");
  }

  @Test
  void aHashTellsKindsOfPagesApartAlsoWhereTheLogIsCut() {
    PageOutline one = new PageOutline("/a", "b", "input\n".repeat(1000) + "button");
    PageOutline other = new PageOutline("/a", "b", "input\n".repeat(1000) + "select");
    assertEquals(one.text(), other.text());
    assertNotEquals(one.hash(), other.hash());
    assertEquals(one.hash(), new PageOutline("/a", "another title", one.tree()).hash());
  }
}
