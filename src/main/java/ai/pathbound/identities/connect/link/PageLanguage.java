package ai.pathbound.identities.connect.link;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages of the page. */
public enum PageLanguage {
  EN,
  DE,
  FR,
  ES;

  /** The language subtag (BCP 47), as JSON and SQL have it. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The language of that tag; empty for any other text. */
  public static Optional<PageLanguage> ofTag(String tag) {
    return Arrays.stream(values()).filter(language -> language.tag().equals(tag)).findFirst();
  }
}
