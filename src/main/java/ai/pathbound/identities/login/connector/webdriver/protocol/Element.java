package ai.pathbound.identities.login.connector.webdriver.protocol;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * An element of one page; it does not outlive that page.
 *
 * @param reference the remote end's name for it
 */
public record Element(String reference) {
  /** The name that the standard gives to "this object is an element". */
  private static final String WEB_ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  /** The element in a script's result, if it is one. */
  public static Optional<Element> in(JsonObject result, String name) {
    return result.getValue(name) instanceof JsonObject object
            && object.getValue(WEB_ELEMENT) instanceof String reference
        ? Optional.of(new Element(reference))
        : Optional.empty();
  }

  /** The element as a script's argument. */
  public JsonObject argument() {
    return JsonObject.of(WEB_ELEMENT, reference);
  }
}
