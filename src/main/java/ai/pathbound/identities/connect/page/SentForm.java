package ai.pathbound.identities.connect.page;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A form as browsers send one: {@code application/x-www-form-urlencoded} in UTF-8 (WHATWG URL,
 * section 5). The page reads it itself: the framework's readers quote what they cannot decode, and
 * that may be a password. Whatever is malformed is a form without fields, and so none of this
 * page's.
 */
final class SentForm {
  private static final String TYPE = "application/x-www-form-urlencoded";
  private static final SentForm NONE = new SentForm(Map.of());
  private static final int HEX = 16;

  private final Map<String, String> fields;

  private SentForm(Map<String, String> fields) {
    this.fields = fields;
  }

  /**
   * Reads a body; fails on none.
   *
   * @param contentType the header {@code Content-Type}, or null
   * @param body what was sent, or null
   */
  static SentForm read(String contentType, byte[] body) {
    if (body == null || !isForm(contentType)) {
      return NONE;
    }
    Map<String, String> fields = new LinkedHashMap<>();
    // One character of this is one byte.
    for (String pair : new String(body, StandardCharsets.ISO_8859_1).split("&")) {
      int equals = pair.indexOf('=');
      Optional<String> name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      Optional<String> value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
      if (name.isEmpty() || value.isEmpty()) {
        return NONE;
      }
      fields.putIfAbsent(name.get(), value.get());
    }
    return new SentForm(fields);
  }

  /** The first field of that name, or null. */
  String field(String name) {
    return fields.get(name);
  }

  /** What shows whose form it is (see {@link FormTokens}), or null. */
  String token() {
    return field("form");
  }

  /** Without the fields, which are secrets. */
  @Override
  public String toString() {
    return "SentForm[]";
  }

  // Its parameters say nothing that this page's forms would.
  private static boolean isForm(String contentType) {
    return contentType != null
        && contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals(TYPE);
  }

  /** Empty where a percent sign is followed by no two hex digits, or the bytes are not UTF-8. */
  private static Optional<String> decoded(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == '%') {
        int high = i + 1 < text.length() ? Character.digit(text.charAt(i + 1), HEX) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), HEX) : -1;
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        bytes.write(high * HEX + low);
        i += 2;
      } else {
        bytes.write(next == '+' ? ' ' : next);
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
