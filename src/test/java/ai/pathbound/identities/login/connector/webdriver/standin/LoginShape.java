package ai.pathbound.identities.login.connector.webdriver.standin;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The shapes in which the login page comes. Each has a tag of a username, {@code login-} and its
 * name, for a stand-in that asks who it is first: {@link #BY_TAG}.
 */
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
  /** The badge of a CAPTCHA that does not show itself. */
  BADGE,
  /** No form: fields, "Show" and a button that posts by a script; Enter does nothing. */
  FORMLESS,
  /** The same, a hidden copy of it all before, and other ways to sign in around it. */
  FORMLESS_COPIES,
  /** The same, in a language that nobody wrote down, its username for a passkey alone. */
  FORMLESS_FOREIGN,
  /** The same, at the newer address. */
  FORMLESS_ELSEWHERE,
  /** The same, its script an import that comes 2.5 s after the document is complete. */
  FORMLESS_LATE,
  /** The same; a refusal is an alert alone, beside an empty one and a banner that is one too. */
  FORMLESS_ALERT,
  /** The same; once it is sent there is nothing but a word of patience, for 2.5 s. */
  FORMLESS_SPINNER,
  /** The same; its button sends as soon as a pointer is down on it, and is off for a moment. */
  POINTER_DOWN,
  /** The same; its button is none, takes keys alone, and lies under a banner. */
  KEY_DOWN,
  /** The same; the page keeps what happens to its button from whoever listens. */
  STOPPED,
  /** A username that nothing names but its place before the password. */
  UNNAMED,
  /** A form without a method, whose script comes late. */
  LATE_SCRIPT,
  /** A form without a method, whose script sends its FormData by fetch. */
  FORM_DATA,
  /** The same, by a script that has the browser submit the form: it would be in the address. */
  SUBMITS_ITSELF,
  /** The same, and it empties the form at once. */
  RESETS_ITSELF,
  /** Its fields are replaced 150 ms after the first key. */
  REPLACED_150,
  /** Its fields are replaced 400 ms after the first key. */
  REPLACED_400,
  /** Its fields are replaced 900 ms after the page was there. */
  REPLACED_900,
  /** What is typed first is swallowed. */
  SWALLOWED,
  /** A form without a method and a page without a script: a press would put it into the address. */
  NO_SCRIPT,
  /** The same in a page with a script, which has nothing to do with the form. */
  UNHANDLED,
  /** A password beside a field for the username that nobody could know. */
  STRANGE,
  /** A password alone; an empty field for the name and a foot line's address say not whose. */
  NOBODYS,
  /** A password alone, and the address of another account than any that is tried. */
  ANOTHERS,
  /** Its form sends to another origin. */
  SENDS_ELSEWHERE,
  /** It is a page of another origin. */
  ELSEWHERE,
  /** A login with no field that one could know. */
  UNKNOWN,
  /** A CAPTCHA before anything else. */
  CAPTCHA,
  /** A status that says that something failed. */
  DOWN,
  /** The username first; a tag of it says in which shape the login comes then. */
  BY_TAG;

  /** The tag of a username that asks for this shape. */
  public String tag() {
    return "login-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The shape that a username asks for, if one does. */
  static Optional<LoginShape> of(String username) {
    List<String> parts = List.of(username.split("@", 2)[0].split("\\+"));
    return Arrays.stream(values()).filter(shape -> parts.contains(shape.tag())).findFirst();
  }
}
