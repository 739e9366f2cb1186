package ai.pathbound.identities.login.connector.webdriver.pages;

import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import ai.pathbound.identities.secret.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one load of a challenge's page offers beside its question.
 *
 * @param resend what sends again
 * @param ready whether it can be pressed now: it may be off for a while
 * @param ways what leads to another challenge, by its kind
 * @param other what leads to another way without saying to which
 * @param said lines that may name where something was sent
 * @param numberEnd the end of a telephone number, where that is all that the page shows of it
 */
public record WaysOn(
    Optional<Element> resend,
    boolean ready,
    Map<PageMarker, Way> ways,
    Optional<Element> other,
    List<Secret> said,
    Optional<String> numberEnd) {

  /**
   * A way to another challenge.
   *
   * @param pick what is pressed
   * @param send what is pressed after it, where it only picks
   */
  public record Way(Element pick, Optional<Element> send) {}
}
