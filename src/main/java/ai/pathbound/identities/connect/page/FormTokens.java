package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.audit.LinkTrail.ConsentText;
import ai.pathbound.identities.secret.SealingKeys;
import ai.pathbound.identities.secret.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * What every form carries: an HMAC of the cookie, which only its browser has, and of the version of
 * the link, or of its login, so that a form of an earlier state is known for one. The consent's is
 * of the text as well: no other one than was shown is consented to.
 */
@ApplicationScoped
class FormTokens {
  /** The form of username and password. */
  static final String CREDENTIALS = "credentials";

  /** The form of a code. */
  static final String CODE = "code";

  /** The forms beside a challenge's question. */
  static final String WAYS = "ways";

  private static final String PURPOSE = "connect page form";

  private final SealingKeys keys;

  /** The form of the consent to that text. */
  static String consentTo(ConsentText text) {
    return "consent " + text.sha256();
  }

  FormTokens(SealingKeys keys) {
    this.keys = keys;
  }

  /** The token of the form for {@code step}. */
  String of(Secret browser, String step, long version) {
    return token(keys.sealing(), browser, step, version);
  }

  /** Whether {@code given} is that form's, by whichever key; constant in time. */
  boolean matches(String given, Secret browser, String step, long version) {
    boolean matches = false;
    for (SealingKeys.Key key : keys.all()) {
      String own = token(key, browser, step, version);
      matches |= given != null && MessageDigest.isEqual(ascii(own), ascii(given));
    }
    return matches;
  }

  private static String token(SealingKeys.Key key, Secret browser, String step, long version) {
    byte[] mac = key.hmac(PURPOSE, ascii(browser.reveal() + "." + step + "." + version));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
