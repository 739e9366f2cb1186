package ai.pathbound.identities.login.connector;

/** The login was ended meanwhile, or another worker has it: stop, and type nothing. */
public final class LoginLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a stack trace: it is no error. */
  public LoginLostException() {
    super("the login is no longer this worker's", null, false, false);
  }
}
