package ai.pathbound.identities.webhook.guard;

/** Nothing is sent there, and why. */
public final class AddressNotAllowedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is in the way. */
  public enum Why {
    /** The URL leads where nothing may be sent. */
    URL_NOT_ALLOWED,
    /** Its name has no address now. */
    NAME_NOT_RESOLVED
  }

  private final Why why;

  AddressNotAllowedException(Why why, String message) {
    super(message, null, false, false);
    this.why = why;
  }

  /** What is in the way. */
  public Why why() {
    return why;
  }
}
