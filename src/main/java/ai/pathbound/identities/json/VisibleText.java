package ai.pathbound.identities.json;

/**
 * Tells a text that shows something from one that is blank to the eye. A code point shows where it
 * is neither White_Space nor Default_Ignorable_Code_Point nor of category C (Unicode Standard, UAX
 * 44). White space and categories are those of the Java platform's Unicode version; what a later
 * version assigns does not show before the platform knows it.
 */
public final class VisibleText {
  /**
   * Default_Ignorable_Code_Point, which java.lang.Character does not know: the first and the last
   * of each range in DerivedCoreProperties.txt of Unicode 14.0.0, 4174 code points in all.
   */
  private static final int[][] DEFAULT_IGNORABLE = {
    {0x00AD, 0x00AD}, // soft hyphen
    {0x034F, 0x034F}, // combining grapheme joiner
    {0x061C, 0x061C}, // Arabic letter mark
    {0x115F, 0x1160}, // Hangul choseong and jungseong fillers
    {0x17B4, 0x17B5}, // Khmer inherent vowels
    {0x180B, 0x180F}, // Mongolian variation selectors and vowel separator
    {0x200B, 0x200F}, // zero width space, joiners, direction marks
    {0x202A, 0x202E}, // direction embeddings and overrides
    {0x2060, 0x206F}, // word joiner, invisible operators, direction isolates
    {0x3164, 0x3164}, // Hangul filler
    {0xFE00, 0xFE0F}, // variation selectors
    {0xFEFF, 0xFEFF}, // zero width no-break space
    {0xFFA0, 0xFFA0}, // halfwidth Hangul filler
    {0xFFF0, 0xFFF8}, // reserved
    {0x1BCA0, 0x1BCA3}, // shorthand format controls
    {0x1D173, 0x1D17A}, // musical format controls
    {0xE0000, 0xE0FFF} // tags, more variation selectors, reserved
  };

  private VisibleText() {}

  /** Whether any code point of {@code text} shows. */
  public static boolean isVisible(String text) {
    return text.codePoints().anyMatch(VisibleText::shows);
  }

  private static boolean shows(int codePoint) {
    return switch (Character.getType(codePoint)) {
      // Category C. The white space among it is Cc.
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      // Category Z, which is the rest of White_Space.
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> !isDefaultIgnorable(codePoint);
    };
  }

  static boolean isDefaultIgnorable(int codePoint) {
    for (int[] range : DEFAULT_IGNORABLE) {
      if (codePoint >= range[0] && codePoint <= range[1]) {
        return true;
      }
    }
    return false;
  }
}
