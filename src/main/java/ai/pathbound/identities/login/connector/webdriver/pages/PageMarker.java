package ai.pathbound.identities.login.connector.webdriver.pages;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The marks by which a page is known. In order of precedence: where several hold by structure, the
 * first one says what the page is; words are asked where none does, or to say which kind it is.
 */
public enum PageMarker {
  /** Something that only members see: signed in, if the session cookie is there too. */
  SIGNED_IN,
  /** A CAPTCHA: detected, never solved. */
  CAPTCHA,
  /** It asks for an authenticator app's code. */
  AUTHENTICATOR_CODE,
  /** It asks for a code sent as a text message. */
  SMS_CODE,
  /** It asks for a code sent by e-mail. */
  EMAIL_CODE,
  /** It asks for a code, and does not say of which kind. */
  CODE,
  /** The account is restricted. */
  RESTRICTED,
  /** The username or the password was not accepted. */
  REJECTED,
  /** It waits for a tap in the app. */
  APP_APPROVAL,
  /** It waits for a link in an e-mail to be followed. */
  EMAIL_LINK,
  /** It waits for a confirmation, and does not say of which kind. */
  CONFIRMATION,
  /** It offers something that can be skipped. */
  INTERSTITIAL,
  /** It offers accounts that signed in here before. */
  CHOOSER,
  /** It asks for username or password. */
  LOGIN,
  /** An address for members: not by itself a proof that this is one. */
  FEED,
  /** No page of its own: the login has a password field already. */
  PASSWORD,
  /** No page of its own: the login shows whose account it is. */
  ACCOUNT,
  /** No page of its own: a code was wrong. */
  WRONG_CODE,
  /**
   * No page of its own: an address at which one signs in. What is told there is told to who signs
   * in; elsewhere a post or an advertisement may hold the same.
   */
  CHECKPOINT;

  private static final Set<PageMarker> NO_PAGES =
      EnumSet.of(PASSWORD, ACCOUNT, WRONG_CODE, CHECKPOINT);

  private static final List<Set<PageMarker>> FAMILIES =
      List.of(
          EnumSet.of(AUTHENTICATOR_CODE, SMS_CODE, EMAIL_CODE, CODE),
          EnumSet.of(APP_APPROVAL, EMAIL_LINK, CONFIRMATION),
          EnumSet.of(RESTRICTED, REJECTED, CHOOSER, LOGIN));

  /**
   * The kinds of page of which this is one, in their order: which of them a page is, words may say.
   */
  Set<PageMarker> kinds() {
    return FAMILIES.stream()
        .filter(family -> family.contains(this))
        .findFirst()
        .orElseGet(() -> EnumSet.of(this));
  }

  /** Whether it says what a page is, rather than one more thing about it. */
  public boolean isPage() {
    return !NO_PAGES.contains(this);
  }

  /** The name in the pages file. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
