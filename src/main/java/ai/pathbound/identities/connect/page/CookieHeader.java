package ai.pathbound.identities.connect.page;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Reads the header {@code Cookie} just as browsers write it (RFC 6265, section 5.4): pairs between
 * semicolons, and nothing else. A reader that also knows commas, odd white space or quotes around a
 * semicolon finds names in it that the browser did not: those a site beside this one can make up,
 * whatever their prefix promises.
 */
final class CookieHeader {
  private CookieHeader() {}

  /** The values of the cookies of that name, in their order; fails on no header. */
  static Stream<String> values(String header, String name) {
    return Arrays.stream(header.split(";"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2 && trimmed(pair[0]).equals(name))
        .map(pair -> unquoted(trimmed(pair[1])));
  }

  private static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t';
  }

  /** Clients that still follow RFC 2965 send quotes around values. */
  private static String unquoted(String value) {
    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }
}
