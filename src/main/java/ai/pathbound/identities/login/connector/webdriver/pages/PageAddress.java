package ai.pathbound.identities.login.connector.webdriver.pages;

import java.util.Locale;

/** An address at LinkedIn that the connector goes to by itself. */
public enum PageAddress {
  /** Where one signs in. */
  LOGIN,
  /** Where one is once signed in. */
  FEED,
  /** Leads to the page of the member who is signed in. */
  ME,
  /** Ends the session of the member who is signed in. */
  SIGN_OUT,
  /** A light page of the same origin, on which stored cookies are set. */
  COOKIES;

  /** The name in the pages file. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
