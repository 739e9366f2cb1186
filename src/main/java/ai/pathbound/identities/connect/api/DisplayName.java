package ai.pathbound.identities.connect.api;

import ai.pathbound.identities.json.VisibleText;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Whether a tenant's name can be shown to people who decide by it. */
final class DisplayName {
  // Joiners that scripts need between letters (Unicode, chapter 23.2).
  private static final int NON_JOINER = 0x200C;
  private static final int JOINER = 0x200D;

  // Of Unicode's confusables (UTS 39) those of the letters of one word; i and l count as one.
  private static final Map<Integer, String> LOOKALIKES =
      Map.ofEntries(
          Map.entry((int) 'l', "i"),
          Map.entry((int) '1', "i"),
          Map.entry((int) '|', "i"),
          Map.entry((int) '!', "i"),
          Map.entry((int) '3', "e"),
          Map.entry(0x0131, "i"), // dotless i
          Map.entry(0x0456, "i"), // Cyrillic i
          Map.entry(0x04CF, "i"), // Cyrillic palochka
          Map.entry(0x03B9, "i"), // Greek iota
          Map.entry(0x0435, "e"), // Cyrillic ie
          Map.entry(0x0454, "e"), // Cyrillic ukrainian ie
          Map.entry(0x043A, "k"), // Cyrillic ka
          Map.entry(0x03BA, "k"), // Greek kappa
          Map.entry(0x0578, "n"), // Armenian vo
          Map.entry(0x0501, "d")); // Cyrillic komi de
  private static final String LINKEDIN = folded("LinkedIn");

  private DisplayName() {}

  /** Whether it shows something, and holds nothing that turns or hides what is around it. */
  static boolean isReadable(String name) {
    return name.codePoints().noneMatch(DisplayName::isControl) && VisibleText.isVisible(name);
  }

  private static boolean isControl(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      // Unicode's Bidi_Control among them, by which the sentence around a name would read
      // otherwise.
      case Character.FORMAT -> codePoint != NON_JOINER && codePoint != JOINER;
      default -> false;
    };
  }

  /**
   * Whether people take it for LinkedIn's, or for a part of LinkedIn, which this page is not and
   * must not look like.
   */
  static boolean isLinkedIn(String name) {
    return IntStream.rangeClosed(1, name.length())
        .filter(end -> isEndOfWord(name, end))
        .anyMatch(end -> folded(name.substring(0, end)).equals(LINKEDIN));
  }

  private static boolean isEndOfWord(String name, int end) {
    return end == name.length()
        || !Character.isLetterOrDigit(name.charAt(end))
        || Character.isLowerCase(name.charAt(end - 1)) && Character.isUpperCase(name.charAt(end));
  }

  private static String folded(String name) {
    StringBuilder folded = new StringBuilder();
    Normalizer.normalize(name, Normalizer.Form.NFKD)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(
            codePoint -> {
              if (LOOKALIKES.containsKey(codePoint)) {
                folded.append(LOOKALIKES.get(codePoint));
              } else if (Character.isLetterOrDigit(codePoint)) {
                folded.appendCodePoint(codePoint);
              }
            });
    return folded.toString();
  }
}
