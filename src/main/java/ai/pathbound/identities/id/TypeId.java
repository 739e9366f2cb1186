package ai.pathbound.identities.id;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * The text form of an id: a type prefix, {@code _}, and 26 characters of Crockford base32, lower
 * case, as the TypeID specification (version 0.3) writes a UUID. One UUID has exactly one text.
 */
final class TypeId {
  private static final byte[] ALPHABET =
      "0123456789abcdefghjkmnpqrstvwxyz".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] VALUES = new byte[128];
  private static final int SUFFIX_LENGTH = 26;
  private static final int BITS = 5;

  static {
    Arrays.fill(VALUES, (byte) -1);
    for (byte value = 0; value < ALPHABET.length; value++) {
      VALUES[ALPHABET[value]] = value;
    }
  }

  private TypeId() {}

  static String format(String prefix, UUID uuid) {
    int start = prefix.length() + 1;
    byte[] text = new byte[start + SUFFIX_LENGTH];
    for (int i = 0; i < start - 1; i++) {
      text[i] = (byte) prefix.charAt(i);
    }
    text[start - 1] = '_';
    long high = uuid.getMostSignificantBits();
    long low = uuid.getLeastSignificantBits();
    for (int i = text.length - 1; i >= start; i--) {
      text[i] = ALPHABET[(int) (low & 31)];
      low = (low >>> BITS) | (high << (Long.SIZE - BITS));
      high >>>= BITS;
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  static Optional<UUID> parse(String prefix, String text) {
    int start = prefix.length() + 1;
    if (text == null
        || text.length() != start + SUFFIX_LENGTH
        || !text.startsWith(prefix)
        || text.charAt(start - 1) != '_'
        // 26 characters hold 130 bits: the first may use only its lower three.
        || text.charAt(start) > '7') {
      return Optional.empty();
    }
    long high = 0;
    long low = 0;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      int value = c < VALUES.length ? VALUES[c] : -1;
      if (value < 0) {
        return Optional.empty();
      }
      high = (high << BITS) | (low >>> (Long.SIZE - BITS));
      low = (low << BITS) | value;
    }
    return Optional.of(new UUID(high, low));
  }
}
