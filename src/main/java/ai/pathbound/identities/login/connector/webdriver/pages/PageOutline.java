package ai.pathbound.identities.login.connector.webdriver.pages;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What an operator needs to know of an unknown page, and nothing that harms a member: where it is,
 * its title, and the tree of what can be used in it. No text of its body, no values.
 *
 * @param path the page's path, with what may be a token masked
 * @param title its title, with digits and addresses masked; empty elsewhere than where one signs
 *     in, since it may name the member there
 * @param tree the visible interactive elements, one a line, indented by what holds them
 */
public record PageOutline(String path, String title, String tree) {
  private static final int MOST_BYTES = 4096;

  /** Tells one kind of page from another: eight hexadecimal digits, of the path and the tree. */
  public String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((path + "\n" + tree).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The outline for a log, 4 KB at most. */
  public String text() {
    String text = path + " \"" + title + "\"\n" + tree;
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MOST_BYTES) {
      return text;
    }
    int end = MOST_BYTES - 3;
    // Not in the middle of a character.
    while ((bytes[end] & 0xC0) == 0x80) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8) + "…";
  }
}
