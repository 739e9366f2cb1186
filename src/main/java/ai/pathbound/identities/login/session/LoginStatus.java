package ai.pathbound.identities.login.session;

import java.util.Locale;

/** The word for a session's state in JSON, SQL, logs and metrics. */
public enum LoginStatus {
  /** Accepted, or answered: waiting for a worker. */
  QUEUED,
  /** A worker drives it. */
  RUNNING,
  /** LinkedIn asks for a code or a tap in its app. */
  AWAITING_2FA,
  /** LinkedIn sent a link by e-mail. */
  AWAITING_EMAIL,
  /** Signed in. */
  COMPLETED,
  /** Ended otherwise. */
  FAILED;

  private static final LoginSession.Visitor<LoginStatus> OF =
      new LoginSession.Visitor<>() {
        @Override
        public LoginStatus queued(Queued session) {
          return QUEUED;
        }

        @Override
        public LoginStatus running(Running session) {
          return RUNNING;
        }

        @Override
        public LoginStatus awaitingCode(AwaitingCode session) {
          return AWAITING_2FA;
        }

        @Override
        public LoginStatus awaitingConfirmation(AwaitingConfirmation session) {
          return session.kind() == ChallengeKind.EMAIL_LINK ? AWAITING_EMAIL : AWAITING_2FA;
        }

        @Override
        public LoginStatus completed(Completed session) {
          return COMPLETED;
        }

        @Override
        public LoginStatus failed(Failed session) {
          return FAILED;
        }
      };

  public static LoginStatus of(LoginSession session) {
    return session.accept(OF);
  }

  /** Whether nothing follows. */
  public boolean isTerminal() {
    return this == COMPLETED || this == FAILED;
  }

  /** Whether it is a worker's turn, so that waiting for the next state is worth while. */
  public boolean isWorkersTurn() {
    return this == QUEUED || this == RUNNING;
  }

  /** The name in JSON and SQL. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static LoginStatus ofWireName(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
