package ai.pathbound.identities.connect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.connect.link.PageLanguage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which language a browser asks for. */
class PageLanguagesTest {
  @ParameterizedTest
  @ValueSource(strings = {"-", "en,-", "--", "", ",", ";q=", "*;q=2", "de;q=x", "-de"})
  void aHeaderThatIsNoneIsEnglish(String header) {
    assertEquals(PageLanguage.EN, PageLanguages.accepted(header));
  }

  @Test
  void ofALongHeaderTheFirstTwoHundredCharactersCount() {
    String many = "it,".repeat(100_000);
    assertEquals(PageLanguage.FR, PageLanguages.accepted("fr," + many));
    assertEquals(PageLanguage.EN, PageLanguages.accepted(many + "fr"));
    assertEquals(PageLanguage.EN, PageLanguages.accepted("x".repeat(100_000)));
  }
}
