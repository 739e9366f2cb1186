package ai.pathbound.identities.login.session;

import ai.pathbound.identities.problem.RefusalException.Kind;
import java.util.Locale;

/** Why a login failed; the contract's table. */
public enum FailureReason {
  CREDENTIALS_REJECTED(
      Kind.REJECTED,
      "LinkedIn did not accept the username or password. Check both and start a new login."),
  SESSION_EXPIRED(
      Kind.REJECTED,
      "LinkedIn does not accept the session any more. Start a new login with username and"
          + " password."),
  VERIFICATION_TIMEOUT(
      Kind.TIMED_OUT,
      "LinkedIn's challenge was not answered in time. Start a new login and answer it sooner, or"
          + " allow more time with max_verification_wait_time."),
  ACCOUNT_LOCKED(
      Kind.LOCKED,
      "LinkedIn has locked this account. Its owner must unlock it at linkedin.com; start a new"
          + " login after that."),
  TOO_MANY_CODES(
      Kind.INVALID,
      "All five codes of this login are used up. Start a new login and enter the code that LinkedIn"
          + " sends then."),
  WRONG_ACCOUNT(
      Kind.CONFLICT,
      "This login ended in another member's LinkedIn account than the one this identity is"
          + " connected to. Log in as the same member; to change the account, disconnect LinkedIn"
          + " first or create another identity."),
  CAPTCHA_REQUIRED(
      Kind.FORBIDDEN,
      "LinkedIn asks for a CAPTCHA, which this service does not solve. Sign in once by hand at"
          + " linkedin.com, then start a new login."),
  UNKNOWN_CHALLENGE(
      Kind.FORBIDDEN,
      "LinkedIn asks for something this service does not know. Sign in once by hand at"
          + " linkedin.com, then start a new login."),
  SUPERSEDED(
      Kind.CONFLICT, "A newer login of this identity took the place of this one. Follow that one."),
  /** Ended by a caller: by itself, by a disconnect or by a delete. */
  CANCELLED(
      Kind.CONFLICT,
      "This login was cancelled, by itself or because LinkedIn was disconnected. Start a new login"
          + " to connect it."),
  INTERRUPTED(
      Kind.CONFLICT,
      "This login was interrupted after the credentials were sent, and they are never sent twice."
          + " Start a new login."),
  LINKEDIN_UNAVAILABLE(
      Kind.UPSTREAM,
      "LinkedIn could not be reached or did not answer as expected. Start a new login in a few"
          + " minutes.");

  private final Kind kind;
  private final String sentence;

  FailureReason(Kind kind, String sentence) {
    this.kind = kind;
    this.sentence = sentence;
  }

  /** What sort of refusal it is, where it is answered as an error. */
  public Kind kind() {
    return kind;
  }

  /** What happened and what to do next, for a person. */
  public String sentence() {
    return sentence;
  }

  /** The name in JSON, SQL, logs and metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static FailureReason ofWireName(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
