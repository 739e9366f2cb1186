package ai.pathbound.identities.login.connector.webdriver.pages;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * One way in which a marker can show. It holds where each of the lists that is not empty has an
 * entry that is found.
 *
 * @param paths what the page's path begins with
 * @param selectors CSS selectors of something visible
 * @param texts words on the page, in lower case, of any language
 */
record Variant(List<String> paths, List<String> selectors, List<String> texts) {
  JsonObject json() {
    return JsonObject.of(
        "paths", new JsonArray(paths),
        "selectors", new JsonArray(selectors),
        "texts", new JsonArray(texts));
  }
}
