package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.OpenBrowser;
import ai.pathbound.identities.login.connector.webdriver.protocol.Remote;
import ai.pathbound.identities.login.session.Country;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads out of a Selenium Grid's status which browsers of ours it has open, and whether there is
 * room for more. Other remote ends say nothing of that, which is no fault.
 */
final class GridStatus {
  private GridStatus() {}

  /** The browsers whose name begins with {@code label}; what it does not understand it leaves. */
  static List<OpenBrowser> browsers(JsonObject status, String label, URI farm, Country country) {
    List<OpenBrowser> browsers = new ArrayList<>();
    for (JsonObject node : objects(status, "nodes")) {
      for (JsonObject slot : objects(node, "slots")) {
        if (slot.getValue("session") instanceof JsonObject session
            && session.getValue("sessionId") instanceof String id
            && session.getValue("start") instanceof String start
            && session.getValue("capabilities") instanceof JsonObject capabilities
            && capabilities.getValue("se:name") instanceof String name
            && name.startsWith(label)) {
          add(browsers, name.substring(label.length()), start, new Remote(farm, id), country);
        }
      }
    }
    return browsers;
  }

  /** Whether a further browser would have to wait for another one to be closed. */
  static boolean isFull(JsonObject status) {
    List<JsonObject> nodes = objects(status, "nodes");
    return nodes.stream().anyMatch(node -> !objects(node, "slots").isEmpty())
        && nodes.stream().noneMatch(GridStatus::hasRoom);
  }

  /** A node may list more slots than it opens browsers at a time, and may be about to leave. */
  private static boolean hasRoom(JsonObject node) {
    List<JsonObject> slots = objects(node, "slots");
    long taken = slots.stream().filter(slot -> slot.getValue("session") != null).count();
    long most =
        node.getValue("maxSessions") instanceof Number number ? number.longValue() : slots.size();
    return "UP".equals(node.getValue("availability", "UP")) && taken < Math.min(most, slots.size());
  }

  private static void add(
      List<OpenBrowser> browsers, String label, String start, Remote remote, Country country) {
    try {
      browsers.add(
          new OpenBrowser(label, Instant.parse(start), new Browser(remote, country).handle()));
    } catch (DateTimeException e) {
      // Its age cannot be read: it is left to the farm's own time-out.
    }
  }

  private static List<JsonObject> objects(JsonObject in, String key) {
    return in.getValue(key) instanceof JsonArray array
        ? array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast).toList()
        : List.of();
  }
}
