package ai.pathbound.identities.login.connector.webdriver.pages;

import java.util.Locale;

/** An element of a page that is typed into or clicked. */
public enum PageElement {
  /** Where the username goes. */
  USERNAME_FIELD,
  /** Where the password goes. */
  PASSWORD_FIELD,
  /** Where a code goes, of whichever kind. */
  CODE_FIELD,
  /** Sends username and password. */
  SIGN_IN_BUTTON,
  /** Sends a code. */
  CODE_BUTTON,
  /** Skips an offer. */
  SKIP_BUTTON,
  /** Another way, or a code anew: what is never meant by the button of a field. */
  OTHER_WAY,
  /** Sends a code or a message again. */
  RESEND_BUTTON,
  /** Leads to another way, or to a list of them. */
  OTHER_WAY_LINK,
  /** Signs out, where the address alone does not. */
  SIGN_OUT_BUTTON,
  /** Leaves the accounts that signed in here before for another one. */
  OTHER_ACCOUNT_BUTTON;

  /** The name in the pages file. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
