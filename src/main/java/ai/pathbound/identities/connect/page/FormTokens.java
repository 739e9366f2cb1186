package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.secret.SealingKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * What every form carries: what it was made for, and an HMAC of that and of what it is bound to. So
 * a form of an earlier state is known for one, and a form that is none of this page's for that.
 */
@ApplicationScoped
class FormTokens {
  private static final String PURPOSE = "connect page form";
  private static final char SEPARATOR = '.';

  private final SealingKeys keys;

  FormTokens(SealingKeys keys) {
    this.keys = keys;
  }

  /** Whose a form is that was sent. */
  enum Sent {
    /** This page's, as it would be made now. */
    PRESENT,
    /** This page's, made before something changed. */
    EARLIER,
    /** Not this page's, or not for this link or browser. */
    FOREIGN
  }

  /** The token of a form. */
  String of(PageForm form) {
    return token(keys.sealing(), form, form.state());
  }

  /** What {@code given} is, by whichever key; constant in time. */
  Sent read(String given, PageForm form) {
    int end = given == null ? -1 : given.lastIndexOf(SEPARATOR);
    if (end < 0) {
      return Sent.FOREIGN;
    }
    String state = given.substring(0, end);
    boolean own = false;
    for (SealingKeys.Key key : keys.all()) {
      own |= MessageDigest.isEqual(bytes(token(key, form, state)), bytes(given));
    }
    if (!own) {
      return Sent.FOREIGN;
    }
    return state.equals(form.state()) ? Sent.PRESENT : Sent.EARLIER;
  }

  private static String token(SealingKeys.Key key, PageForm form, String state) {
    byte[] mac =
        key.hmac(PURPOSE, bytes(form.boundTo().reveal() + "\n" + form.step() + "\n" + state));
    return state + SEPARATOR + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
