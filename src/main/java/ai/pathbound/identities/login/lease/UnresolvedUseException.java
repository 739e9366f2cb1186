package ai.pathbound.identities.login.lease;

/**
 * The browser of an earlier use, which may hold a newer session than the row, could not be asked.
 * Nothing was used: with the older session LinkedIn would show that it is over.
 */
public final class UnresolvedUseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnresolvedUseException(Throwable cause) {
    super("the browser of an earlier use could not be asked", cause);
  }
}
