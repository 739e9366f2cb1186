package ai.pathbound.identities.login.connector.webdriver;

/** LinkedIn, or the way to it, did not do what a login needs. Its message holds no secret. */
public final class LinkedInUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LinkedInUnavailableException(String what) {
    super(what, null, false, false);
  }
}
