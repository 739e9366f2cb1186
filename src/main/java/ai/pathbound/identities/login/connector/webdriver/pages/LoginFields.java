package ai.pathbound.identities.login.connector.webdriver.pages;

import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import ai.pathbound.identities.secret.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a login that belong together, in one load of its page.
 *
 * @param elements the fields and their button, as far as they are there and visible
 * @param strange whether beside the password there is a field that is neither of the two
 * @param account whether what belongs to the password names an account
 * @param addresses the e-mail addresses among what names one, those that are not masked
 * @param posts whether the browser itself can send them, in no address
 * @param complete whether the document is loaded with all it needs
 * @param scripts whether every script that it asked for is there
 * @param idle for how long nothing has come that may bring a script
 */
public record LoginFields(
    PageElements elements,
    boolean strange,
    boolean account,
    List<Secret> addresses,
    boolean posts,
    boolean complete,
    boolean scripts,
    Duration idle) {

  /**
   * Whether it wants the password of another account than {@code username}'s. Of a name that is no
   * address, and of one that is shown masked, nothing can be said.
   */
  public boolean isAnothers(Secret username) {
    String name = username.reveal().trim();
    return username().isEmpty()
        && name.contains("@")
        && !addresses.isEmpty()
        && addresses.stream().noneMatch(address -> address.reveal().equalsIgnoreCase(name));
  }

  /** Whether page and form belong to LinkedIn's origin. */
  public boolean safe() {
    return elements.safe();
  }

  /** Where the username goes. */
  public Optional<Element> username() {
    return elements.find(PageElement.USERNAME_FIELD);
  }

  /** Where the password goes. */
  public Optional<Element> password() {
    return elements.find(PageElement.PASSWORD_FIELD);
  }

  /** What sends them. */
  public Optional<Element> button() {
    return elements.find(PageElement.SIGN_IN_BUTTON);
  }
}
