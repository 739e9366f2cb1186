package ai.pathbound.identities.login.connector.webdriver.pages;

import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
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

  /** Reads what a script answers that was asked for those elements. */
  static PageElements of(JsonObject result, PageElement... wanted) {
    Map<PageElement, Element> found = new EnumMap<>(PageElement.class);
    for (PageElement element : wanted) {
      Element.in(result, element.name()).ifPresent(hit -> found.put(element, hit));
    }
    List<Element> boxes =
        result.getJsonArray("boxes", new JsonArray()).stream()
            .flatMap(box -> Element.in(JsonObject.of("box", box), "box").stream())
            .toList();
    return new PageElements(result.getBoolean("safe", false), found, boxes);
  }
}
