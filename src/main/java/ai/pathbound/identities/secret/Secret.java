package ai.pathbound.identities.secret;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A text that must not be seen: it prints as {@code [secret]}, cannot be serialised, and can be
 * wiped. {@link #reveal} is the one way to its text, so that a search finds every use.
 */
public final class Secret {
  private final byte[] utf8;

  private Secret(byte[] utf8) {
    this.utf8 = utf8;
  }

  /**
   * Takes a copy of a text.
   *
   * @throws IllegalArgumentException where it is no valid Unicode (a lone surrogate)
   */
  public static Secret of(CharSequence text) {
    try {
      ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      Arrays.fill(encoded.array(), (byte) 0);
      return new Secret(bytes);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not a valid text", e);
    }
  }

  /** Takes over bytes that are UTF-8; the caller must not use them any more. */
  public static Secret ofUtf8(byte[] bytes) {
    return new Secret(bytes);
  }

  /** The text. Keep it as short as can be, and never in a field. */
  public String reveal() {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** A copy of the text's UTF-8 bytes; the caller fills it after use. */
  public byte[] revealUtf8() {
    return utf8.clone();
  }

  /** Overwrites the text; what is revealed afterwards is meaningless. */
  public void erase() {
    Arrays.fill(utf8, (byte) 0);
  }

  /** Compares in constant time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(utf8, that.utf8);
  }

  /** The same for every secret: a hash would say something about the text. */
  @Override
  public int hashCode() {
    return Secret.class.hashCode();
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
