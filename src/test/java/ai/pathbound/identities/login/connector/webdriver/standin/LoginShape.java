package ai.pathbound.identities.login.connector.webdriver.standin;

/** The shapes in which the login page comes. */
public enum LoginShape {
  /** {@code #username} and {@code #password}, error blocks that are hidden until needed. */
  OLDER,
  /** Generated ids; the fields are told by what they complete. */
  NEWER,
  /** The username first, the password on a second page. */
  TWO_PAGES,
  /** The username first, the password in the same page. */
  TWO_STEPS,
  /** A returning user chooses an account first. */
  CHOOSER,
  /** A returning user is asked for the password only. */
  PASSWORD_ONLY,
  /** A banner lies over the button. */
  COVERED,
  /** Its form sends to another origin. */
  SENDS_ELSEWHERE,
  /** It is a page of another origin. */
  ELSEWHERE,
  /** A login with no field that one could know. */
  UNKNOWN,
  /** A CAPTCHA before anything else. */
  CAPTCHA,
  /** A status that says that something failed. */
  DOWN
}
