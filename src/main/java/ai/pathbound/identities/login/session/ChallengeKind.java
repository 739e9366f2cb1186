package ai.pathbound.identities.login.session;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What LinkedIn asks of the person. */
public enum ChallengeKind {
  /** A code from an authenticator app. */
  AUTHENTICATOR_CODE,
  /** A code sent as a text message. */
  SMS_CODE,
  /** A code sent by e-mail. */
  EMAIL_CODE,
  /** A tap in the LinkedIn app; the login goes on by itself. */
  APP_APPROVAL,
  /** A link in an e-mail; the login goes on by itself. */
  EMAIL_LINK;

  /** Whether the person answers with a code, by a call of ours. */
  public boolean asksForCode() {
    return this != APP_APPROVAL && this != EMAIL_LINK;
  }

  /** The name in JSON and SQL. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of that name in JSON, where there is one. */
  public static Optional<ChallengeKind> named(String word) {
    return Arrays.stream(values()).filter(kind -> kind.wireName().equals(word)).findFirst();
  }

  public static ChallengeKind ofWireName(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
