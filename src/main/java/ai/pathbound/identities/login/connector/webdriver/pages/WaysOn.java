package ai.pathbound.identities.login.connector.webdriver.pages;

import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import ai.pathbound.identities.secret.Secret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
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

  /** Reads what {@link WayScripts#FIND} answers. */
  static WaysOn of(JsonObject result) {
    Map<PageMarker, Way> ways = new EnumMap<>(PageMarker.class);
    for (PageMarker kind : LinkedInPages.WAYS) {
      Element.in(result, "way_" + kind.name())
          .ifPresent(
              pick -> ways.put(kind, new Way(pick, Element.in(result, "send_" + kind.name()))));
    }
    return new WaysOn(
        Element.in(result, "resend"),
        result.getBoolean("ready", false),
        ways,
        Element.in(result, "other"),
        result.getJsonArray("said", new JsonArray()).stream()
            .map(line -> Secret.of((String) line))
            .toList(),
        Optional.ofNullable(result.getString("end")));
  }
}
