package ai.pathbound.identities.login.connector.webdriver.pages;

/** What became of a press of a form's button. */
public enum Press {
  /** The page got it, or has gone on to another one. */
  DONE,
  /** The page did not get it. */
  NONE,
  /** The browser itself found the fields not filled in as the page wants them: nothing was sent. */
  REFUSED,
  /** The browser itself would have sent the form in an address: nothing was sent. */
  HELD_BACK
}
