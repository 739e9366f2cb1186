package ai.pathbound.identities.login.connector.webdriver.protocol;

import ai.pathbound.identities.login.connector.webdriver.protocol.ErrorCode.Meaning;

/**
 * A command that did not succeed. Its message names the command and the error and nothing that the
 * command carried or the page said: either may be secret.
 */
public final class WebDriverException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  WebDriverException(Command command, ErrorCode code, String hint) {
    super(command + ": " + code.text() + (hint.isEmpty() ? "" : " (" + hint + ")"), null);
    this.code = code;
  }

  /** What went wrong. */
  public ErrorCode code() {
    return code;
  }

  /** Whether {@code failure} is of this kind and of that meaning. */
  public static boolean means(Throwable failure, Meaning... meanings) {
    if (failure instanceof WebDriverException that) {
      for (Meaning meaning : meanings) {
        if (that.code.meaning() == meaning) {
          return true;
        }
      }
    }
    return false;
  }
}
