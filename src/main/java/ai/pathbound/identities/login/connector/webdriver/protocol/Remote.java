package ai.pathbound.identities.login.connector.webdriver.protocol;

import java.net.URI;

/**
 * One open browser: where it is, and its WebDriver session id. A program that knows both can drive
 * it, so neither is printed.
 *
 * @param endpoint the remote end that opened it
 * @param session the id it was given
 */
public record Remote(URI endpoint, String session) {
  @Override
  public String toString() {
    return "Remote[…]";
  }
}
