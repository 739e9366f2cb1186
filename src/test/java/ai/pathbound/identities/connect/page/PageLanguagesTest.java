package ai.pathbound.identities.connect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.connect.link.PageLanguage;
import org.junit.jupiter.api.Test;

/** Which language a browser asks for. */
class PageLanguagesTest {
  @Test
  void ofALongHeaderTheFirstTwoHundredCharactersCount() {
    String many = "it,".repeat(100_000);
    assertEquals(PageLanguage.FR, PageLanguages.accepted("fr," + many));
    assertEquals(PageLanguage.EN, PageLanguages.accepted(many + "fr"));
    assertEquals(PageLanguage.EN, PageLanguages.accepted("x".repeat(100_000)));
  }
}
