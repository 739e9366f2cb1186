package ai.pathbound.identities.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that must not be seen: it prints as {@code [secret]} and cannot be serialised. {@link
 * #reveal} is the one way to its text, so that a search finds every use. Nothing wipes it: the
 * parser, the cipher and the HTTP client copy the text where nobody can reach it.
 */
public final class Secret {
  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /**
   * Of a text.
   *
   * @throws IllegalArgumentException where it is no valid Unicode (a lone surrogate)
   */
  public static Secret of(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("not a valid text");
    }
    return new Secret(text);
  }

  /** The text. Keep it as short as can be, and never in a field. */
  public String reveal() {
    return text;
  }

  /** Compares in constant time. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(utf8(), that.utf8());
  }

  private byte[] utf8() {
    return text.getBytes(StandardCharsets.UTF_8);
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
