package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.PageLanguage;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import java.util.Locale.LanguageRange;
import java.util.Optional;

/** Which language a page is in, and what it says in it. */
final class PageLanguages {
  private PageLanguages() {}

  // The parser takes long for a long header.
  private static final int LONGEST = 200;

  /**
   * The first of the header {@code Accept-Language} (RFC 9110, section 12.5.4) that there is, of
   * its first 200 characters.
   */
  static PageLanguage accepted(String header) {
    if (header == null) {
      return PageLanguage.EN;
    }
    try {
      return LanguageRange.parse(shortened(header)).stream()
          .filter(range -> range.getWeight() > 0)
          .map(range -> PageLanguage.ofTag(range.getRange().split("-")[0]))
          .flatMap(Optional::stream)
          .findFirst()
          .orElse(PageLanguage.EN);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // The second is how Java 17 refuses "-".
      return PageLanguage.EN;
    }
  }

  private static String shortened(String header) {
    return header.length() <= LONGEST
        ? header
        : header.substring(0, Math.max(0, header.lastIndexOf(',', LONGEST)));
  }

  static Texts texts(PageLanguage language) {
    return language == PageLanguage.EN
        ? MessageBundles.get(Texts.class)
        : MessageBundles.get(Texts.class, Localized.Literal.of(language.tag()));
  }
}
