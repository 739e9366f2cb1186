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
  /** No form: fields, "Show" and a button that posts by a script; Enter does nothing. */
  FORMLESS,
  /** The same, a hidden copy of it all before, and other ways to sign in around it. */
  FORMLESS_COPIES,
  /** The same, in a language that nobody wrote down, its username for a passkey alone. */
  FORMLESS_FOREIGN,
  /** The same, at the newer address. */
  FORMLESS_ELSEWHERE,
  /** A username that nothing names but its place before the password. */
  UNNAMED,
  /** A form without a method, whose script comes late. */
  LATE_SCRIPT,
  /** Its fields are replaced 150 ms after the first key. */
  REPLACED_150,
  /** Its fields are replaced 400 ms after the first key. */
  REPLACED_400,
  /** Its fields are replaced 900 ms after the page was there. */
  REPLACED_900,
  /** What is typed first is swallowed. */
  SWALLOWED,
  /** A form without a method, whose script never comes: a press would put it into the address. */
  NO_SCRIPT,
  /** A password beside a field for the username that nobody could know. */
  STRANGE,
  /** A password alone, and nothing that says whose. */
  NOBODYS,
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
