package ai.pathbound.identities.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts by their code points, in hexadecimal. */
class VisibleTextTest {
  private static String text(String codePoints) {
    int[] all =
        Arrays.stream(codePoints.split(" ")).mapToInt(hex -> Integer.parseInt(hex, 16)).toArray();
    return new String(all, 0, all.length);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "0020, space",
    "00A0, no-break space",
    "3000, ideographic space",
    "2028, line separator",
    "0009 000A, tab and line feed",
    "0085, next line",
    "0000, null",
    "200B, zero width space",
    "200C 200D, joiners",
    "200E 200F, direction marks",
    "202E, right-to-left override",
    "2060, word joiner",
    "2064, invisible plus",
    "2066 2069, isolates",
    "FEFF, zero width no-break space",
    "00AD, soft hyphen",
    "034F, combining grapheme joiner",
    "061C, Arabic letter mark",
    "115F 1160, Hangul fillers",
    "3164, Hangul filler",
    "FFA0, halfwidth Hangul filler",
    "17B4 17B5, Khmer inherent vowels",
    "180B 180E 180F, Mongolian selectors and vowel separator",
    "FE0F, variation selector 16",
    "E0100, variation selector 17",
    "E0001 E007F, tags",
    "1D173, musical begin beam",
    "1BCA0, shorthand letter overlap",
    "FFF9, interlinear annotation anchor (Cf)",
    "0600, Arabic number sign (Cf)",
    "E000, private use",
    "10FFFF, no character",
    "0378, unassigned",
    "200B 0020 3164 FEFF, several of them"
  })
  void whatShowsNothingIsNotVisible(String codePoints, String name) {
    assertFalse(VisibleText.isVisible(text(codePoints)));
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "0041, A",
    "002E, full stop",
    "00D8, O with stroke",
    "0301, combining acute accent",
    "0416, Cyrillic zhe",
    "05D0, alef",
    "0915 094D, Devanagari ka and virama",
    "1100, Hangul choseong kiyeok",
    "3042, Hiragana a",
    "738B, a Chinese name",
    "20BB7, an ideograph beyond the basic plane",
    "AC00, Hangul ga",
    "1F600, grinning face",
    "2800, blank Braille pattern: a symbol by its category",
    "200B 0041, A behind a zero width space",
    "0041 FE0F, A with a variation selector"
  })
  void oneCodePointThatShowsIsEnough(String codePoints, String name) {
    assertTrue(VisibleText.isVisible(text(codePoints)));
  }

  @Test
  void theTableHasAsManyCodePointsAsTheUnicodeCharacterDatabaseCounts() {
    assertEquals(
        4174,
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(VisibleText::isDefaultIgnorable)
            .count());
  }

  @Test
  void anEmptyTextShowsNothing() {
    assertFalse(VisibleText.isVisible(""));
  }
}
