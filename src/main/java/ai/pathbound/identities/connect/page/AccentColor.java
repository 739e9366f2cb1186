package ai.pathbound.identities.connect.page;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A tenant's colour: a background alone, under black or white text, whichever contrasts more (WCAG
 * 2.2, relative luminance and contrast ratio).
 *
 * @param digits six hexadecimal digits, in lower case
 */
record AccentColor(String digits) {
  private static final Pattern FILE = Pattern.compile("accent-([0-9a-f]{6})\\.css");
  // Where black and white contrast alike: (L + 0.05)² = 1.05 · 0.05.
  private static final double MIDDLE = Math.sqrt(1.05 * 0.05) - 0.05;

  /** The colour whose stylesheet has that name. */
  static Optional<AccentColor> ofFile(String name) {
    Matcher file = FILE.matcher(name);
    return file.matches() ? Optional.of(new AccentColor(file.group(1))) : Optional.empty();
  }

  /** The path of the stylesheet of {@code #rrggbb}. */
  static String path(String color) {
    return PageAssets.PATH + "accent-" + color.substring(1) + ".css";
  }

  String stylesheet() {
    return ":root{--accent:#" + digits + ";--on-accent:" + (isLight() ? "#000" : "#fff") + "}\n";
  }

  private boolean isLight() {
    return 0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4) > MIDDLE;
  }

  private double channel(int at) {
    double value = Integer.parseInt(digits.substring(at, at + 2), 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
