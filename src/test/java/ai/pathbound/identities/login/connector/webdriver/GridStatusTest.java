package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.connector.OpenBrowser;
import ai.pathbound.identities.login.session.Country;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GridStatusTest {
  private static final URI FARM = URI.create("http://hub:4444");
  private static final String SINCE = "2026-04-29T12:00:00.123456789Z";

  private static JsonObject slot(String name, String start) {
    JsonObject capabilities = JsonObject.of("browserName", "chrome");
    if (name != null) {
      capabilities.put("se:name", name);
    }
    return JsonObject.of(
        "session",
        JsonObject.of("sessionId", "0a1b", "start", start, "capabilities", capabilities));
  }

  private static List<OpenBrowser> read(JsonObject... slots) {
    JsonObject status =
        JsonObject.of("nodes", JsonArray.of(JsonObject.of("slots", new JsonArray(List.of(slots)))));
    return GridStatus.browsers(status, Farm.LABEL, FARM, Country.DEFAULT);
  }

  @Test
  void browsersOfOursAreFoundByTheirLabel() {
    OpenBrowser found = read(slot(Farm.LABEL + "sess_x", SINCE)).get(0);
    assertEquals("sess_x", found.label());
    assertEquals(Instant.parse(SINCE), found.since());
    Browser browser = Browser.of(found.browser());
    assertEquals(FARM, browser.remote().endpoint());
    assertEquals("0a1b", browser.remote().session());
  }

  @Test
  void whatIsNotOursOrNotUnderstoodIsLeft() {
    assertEquals(
        List.of(),
        read(
            slot("somebody else's", SINCE),
            slot(null, SINCE),
            slot(Farm.LABEL + "sess_x", "yesterday"),
            new JsonObject().putNull("session"),
            JsonObject.of("session", "taken")));
  }

  @Test
  void aRemoteEndThatListsNothingHasNone() {
    JsonObject chromedriver = JsonObject.of("ready", true, "message", "ChromeDriver ready");
    assertEquals(List.of(), GridStatus.browsers(chromedriver, Farm.LABEL, FARM, Country.DEFAULT));
  }

  private static JsonObject node(String availability, int most, JsonObject... slots) {
    return JsonObject.of(
        "availability", availability, "maxSessions", most, "slots", new JsonArray(List.of(slots)));
  }

  private static boolean isFull(JsonObject... nodes) {
    return GridStatus.isFull(JsonObject.of("nodes", new JsonArray(List.of(nodes))));
  }

  @Test
  void aGridIsFullWhereNoNodeThatIsUpHasRoom() {
    JsonObject taken = slot("somebody else's", SINCE);
    JsonObject free = new JsonObject().putNull("session");
    assertTrue(isFull(node("UP", 1, taken)));
    assertFalse(isFull(node("UP", 1, taken), node("UP", 1, free)));
    assertTrue(isFull(node("UP", 1, taken, free)), "it opens one at a time");
    assertTrue(isFull(node("UP", 1, taken), node("DRAINING", 1, free)));
    assertFalse(isFull(), "nodes may be on their way: the Grid starts them");
    assertFalse(GridStatus.isFull(JsonObject.of("ready", true)));
  }
}
