package ai.pathbound.identities.login.connector;

/** A use of a stored session was broken off, since a login wants the session. */
public final class SessionWantedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SessionWantedException() {
    super("a login wants the session");
  }
}
