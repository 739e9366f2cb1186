package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.secret.SealingKeys;
import ai.pathbound.identities.secret.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the tokens of links, 256 random bits, and the cookies of browsers, 128 random bits and as
 * many that show that they were made here; and what is stored of both: an HMAC-SHA-256 under a key
 * derived from a sealing key. Whoever reads the table can neither use nor guess one.
 */
@ApplicationScoped
public class LinkTokens {
  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final String TOKEN = "connect link token";
  private static final String BROWSER = "connect link browser";
  private static final String COOKIE = "connect link cookie";

  private final SealingKeys keys;
  private final SecureRandom random = new SecureRandom();

  /** Derives its keys from {@code keys}. */
  public LinkTokens(SealingKeys keys) {
    this.keys = keys;
  }

  /** A new one, 43 characters of base64url. */
  public Secret make() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Secret.of(text(bytes));
  }

  /**
   * A new cookie, to bind that link to a browser; of the same length as a token, so that it is well
   * formed for the release before, too.
   */
  Secret makeCookie(LinkId link) {
    byte[] bytes = new byte[BYTES];
    byte[] nonce = new byte[BYTES / 2];
    random.nextBytes(nonce);
    System.arraycopy(nonce, 0, bytes, 0, nonce.length);
    byte[] mac = ofNonce(keys.sealing(), link, nonce);
    System.arraycopy(mac, 0, bytes, nonce.length, mac.length);
    return Secret.of(text(bytes));
  }

  /** Whether a well-formed cookie was made here for that link, by whichever key. */
  boolean isCookieFor(LinkId link, Secret cookie) {
    byte[] bytes = Base64.getUrlDecoder().decode(cookie.reveal());
    byte[] nonce = Arrays.copyOf(bytes, BYTES / 2);
    byte[] mac = Arrays.copyOfRange(bytes, BYTES / 2, bytes.length);
    return keys.all().stream()
        .anyMatch(key -> MessageDigest.isEqual(ofNonce(key, link, nonce), mac));
  }

  private static byte[] ofNonce(SealingKeys.Key key, LinkId link, byte[] nonce) {
    byte[] mac = key.hmac(COOKIE, (link + "." + text(nonce)).getBytes(StandardCharsets.US_ASCII));
    return Arrays.copyOf(mac, BYTES / 2);
  }

  /** Whether {@code text} looks like one: anything else need not be looked for. */
  public static boolean isWellFormed(String text) {
    return text != null && FORM.matcher(text).matches();
  }

  /** What is stored of a token. */
  String ofToken(Secret token) {
    return mac(keys.sealing(), TOKEN, token);
  }

  /** What may be stored of a token, by whichever key. */
  String[] allOfToken(Secret token) {
    return all(TOKEN, token);
  }

  /** What is stored of the cookie that binds a link to a browser. */
  String ofBrowser(LinkId link, Secret cookie) {
    return mac(keys.sealing(), BROWSER, bound(link, cookie));
  }

  /**
   * What may be stored of the cookie that binds a link to a browser, by whichever key. The release
   * before stored it without the link.
   */
  String[] allOfBrowser(LinkId link, Secret cookie) {
    return Stream.concat(
            Arrays.stream(all(BROWSER, bound(link, cookie))), Arrays.stream(all(BROWSER, cookie)))
        .toArray(String[]::new);
  }

  // One value for two links, which only a hand can bring about, binds each by itself.
  private static Secret bound(LinkId link, Secret cookie) {
    return Secret.of(link + "." + cookie.reveal());
  }

  private String[] all(String purpose, Secret secret) {
    return keys.all().stream().map(key -> mac(key, purpose, secret)).toArray(String[]::new);
  }

  private static String mac(SealingKeys.Key key, String purpose, Secret secret) {
    return text(key.hmac(purpose, secret.reveal().getBytes(StandardCharsets.US_ASCII)));
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
