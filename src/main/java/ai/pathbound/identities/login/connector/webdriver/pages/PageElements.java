package ai.pathbound.identities.login.connector.webdriver.pages;

import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The elements of one load of a page. They do not outlive it: what is typed into one of them cannot
 * end up on a page that came later.
 *
 * @param safe whether page and form belong to LinkedIn's origin; if not, nothing was looked for
 * @param found the elements that are there and visible
 * @param boxes the fields of one character each over which a code is spread, in their order; empty
 *     where there is one field for all of it
 */
public record PageElements(boolean safe, Map<PageElement, Element> found, List<Element> boxes) {
  /** An element, if it is there. */
  public Optional<Element> find(PageElement wanted) {
    return Optional.ofNullable(found.get(wanted));
  }
}
