package ai.pathbound.identities.login.session;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where LinkedIn says that it sent a code or a message: an e-mail address or a telephone number,
 * masked. As LinkedIn masks it; what it shows whole is masked here, so that nothing else can be
 * stored or shown.
 *
 * @param text the masked address or number, 1 to {@value #LENGTH} characters
 */
public record SentTo(String text) {
  private static final int LENGTH = 100;

  /** How many digits of a number may be seen. */
  private static final int VISIBLE_DIGITS = 4;

  /** A number of so many digits is a telephone's; fewer are something else, unless masked. */
  private static final int WHOLE_NUMBER = 7;

  private static final String MASK = "•••";
  // No dot that pages put between other things.
  private static final String MASKS = "*•●…＊∗";

  // The x of an address are a mask only where little else is left of it: many names have two.
  private static final Pattern CROSSED_OUT = Pattern.compile("(?i).{0,2}x{3,}.?");

  // An address: what stands around an @, of which the local part may be a mask.
  private static final Pattern ADDRESS =
      Pattern.compile("([^\\s@<>()\\[\\],;:]+)@([^\\s@<>(),;]+)");
  // A number: digits, masks and what separates them. An x is a mask where it is beside another.
  private static final Pattern NUMBER =
      Pattern.compile(
          "\\+?(?:[0-9"
              + MASKS
              + "]|(?i:x(?=x|[-. ]?[0-9])))(?:[0-9xX"
              + MASKS
              + "() .\\-]*[0-9"
              + MASKS
              + "])?");

  /** Masks what is not masked. */
  public SentTo {
    text = masked(text).orElseThrow(() -> new IllegalArgumentException("no address or number"));
  }

  /** The first address or number that a text of LinkedIn's names; empty where it names none. */
  public static Optional<SentTo> in(String text) {
    return masked(text).map(SentTo::new);
  }

  private static Optional<String> masked(String text) {
    Matcher address = ADDRESS.matcher(text);
    if (address.find()) {
      return shortEnough(masked(address.group(1), address.group(2)));
    }
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      String found = number.group().strip();
      long digits = found.chars().filter(Character::isDigit).count();
      if (digits >= WHOLE_NUMBER || digits >= 2 && isMasked(found)) {
        return shortEnough(maskedNumber(found, digits));
      }
    }
    return Optional.empty();
  }

  private static String masked(String local, String domain) {
    String where = domain.replaceAll("[.!?]+$", "");
    return hasMask(local) || CROSSED_OUT.matcher(local).matches()
        ? local + "@" + where
        : local.substring(0, local.offsetByCodePoints(0, 1)) + MASK + "@" + where;
  }

  private static String maskedNumber(String number, long digits) {
    if (digits <= VISIBLE_DIGITS && isMasked(number)) {
      return number;
    }
    String last = number.replaceAll("[^0-9]", "");
    // Of a whole number fewer digits are kept than of one that LinkedIn masked.
    int kept = isMasked(number) ? VISIBLE_DIGITS : 2;
    return MASK + "• " + last.substring(last.length() - kept);
  }

  private static boolean isMasked(String number) {
    return hasMask(number) || number.matches("(?i).*xx.*");
  }

  private static boolean hasMask(String text) {
    return text.chars().anyMatch(c -> MASKS.indexOf(c) >= 0);
  }

  private static Optional<String> shortEnough(String text) {
    return Optional.of(text).filter(masked -> masked.length() <= LENGTH);
  }
}
