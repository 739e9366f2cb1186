package ai.pathbound.identities.login.connector.webdriver.pages;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PagesFileTest {
  private static final Path OWN = Path.of("src/main/resources", PagesFile.OWN);

  @TempDir Path directory;

  @Test
  void theProgramsOwnFileIsSound() {
    assertDoesNotThrow(() -> PagesFile.read(Optional.empty()));
  }

  @Test
  void anOperatorsFileTakesItsPlace() throws IOException {
    LinkedInPages pages = read(own().replace("url.login = /login", "url.login = /anmelden"));
    assertEquals("/anmelden", pages.path(PageAddress.LOGIN));
  }

  @Test
  void selectorsAreTriedInTheOrderOfTheirNumbers() throws IOException {
    LinkedInPages pages = read(own() + "\npart.username-field.10 = #last\n");
    assertEquals("#last", pages.selectors(PageElement.USERNAME_FIELD).getString(4));
    assertEquals("#username", pages.selectors(PageElement.USERNAME_FIELD).getString(0));
  }

  @ParameterizedTest
  @CsvSource({
    "url.login = /login, url.login is missing",
    "cookie.session = li_at, cookie.session is missing",
    "sign.chooser.remembered.selector.1 = #rememberme-div, sign.chooser.… is missing",
    "sign.captcha.shown.selector.1 = #captcha-internal, ''",
  })
  void whatIsMissingIsNamed(String line, String fault) throws IOException {
    String without = own().replace("\n" + line + "\n", "\n");
    if (fault.isEmpty()) {
      assertDoesNotThrow(() -> read(without), "another one is left");
    } else {
      assertFault(fault, without);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "url.feeds = /feed/, url.feeds is not known",
    "sign.login.form.paths.1 = /x, sign.login.form.paths.1 is not known",
    "sign.nonsense.form.path.1 = /x, sign.nonsense.form.path.1 is not known",
    "sign.login.form.path.0 = /x, sign.login.form.path.0 is not known",
    "sign.login.form.path.9 = //evil.example, sign.login.form.path is no path",
    "part.code-field.9 =, part.code-field.9 is empty",
    "url.me = https://evil.example/, url.me is no path"
  })
  void whatIsWrongIsNamed(String line, String fault) throws IOException {
    assertFault(fault, own() + "\n" + line + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "/in/ada-1/, ada-1",
    "/in/ada-1/details/me/, ada-1",
    "/in/me/, ",
    "/in/me, ",
    "/in/unavailable/, ",
    "/in/unavailable, ",
    "/in/, ",
    "/feed/, "
  })
  void aMemberIsNamedByASegmentThatIsNoPlace(String path, String member) {
    assertEquals(Optional.ofNullable(member), PagesFile.read(Optional.empty()).member(path));
  }

  @Test
  void aCopyOfAnEarlierReleaseHasOurEntriesForWhatItDoesNotKnow() throws IOException {
    LinkedInPages own = PagesFile.read(Optional.empty());
    LinkedInPages earlier =
        read(
            own()
                .replaceAll("(?m)^(part|word)\\.(resend-button|other-way-link)\\..*$", "")
                .replaceAll("(?m)^word\\.(way|number-end)\\..*$", ""));
    for (PageElement element : List.of(PageElement.RESEND_BUTTON, PageElement.OTHER_WAY_LINK)) {
      assertEquals(own.selectors(element), earlier.selectors(element));
      assertEquals(own.words(element), earlier.words(element));
      assertFalse(earlier.words(element).isEmpty());
    }
    assertEquals(own.ways(), earlier.ways());
    assertEquals(own.numberEnds(), earlier.numberEnds());
  }

  @Test
  void whatACopyDoesKnowTakesThePlaceOfAllOfOurs() throws IOException {
    LinkedInPages pages =
        read(
            own().replaceAll("(?m)^part\\.resend-button\\..*$", "")
                + "\npart.resend-button.1 = #again\n");
    assertEquals("[\"#again\"]", pages.selectors(PageElement.RESEND_BUTTON).encode());
  }

  @Test
  void allFaultsAreToldAtOnce() throws IOException {
    IllegalArgumentException told =
        assertThrows(
            IllegalArgumentException.class, () -> read(own() + "\nfirst = 1\nsecond = 2\n"));
    assertTrue(told.getMessage().endsWith("first is not known; second is not known"));
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    IllegalArgumentException told =
        assertThrows(
            IllegalArgumentException.class, () -> PagesFile.read(Optional.of("/not/there")));
    assertEquals("the pages file /not/there cannot be read", told.getMessage());
  }

  private void assertFault(String fault, String content) {
    String told = assertThrows(IllegalArgumentException.class, () -> read(content)).getMessage();
    assertTrue(told.contains(fault), told);
  }

  private static String own() throws IOException {
    return Files.readString(OWN);
  }

  private LinkedInPages read(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("pages.properties"), content);
    return PagesFile.read(Optional.of(file.toString()));
  }
}
