package ai.pathbound.identities.login.connector.webdriver.pages;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that LinkedIn may change, as {@link PagesFile} read it. */
public final class LinkedInPages {
  private final Map<Place, String> places;
  private final String memberPath;
  private final Map<Sign, List<Variant>> signs;
  private final Map<Part, List<String>> parts;
  private final SessionCookieNames cookies;

  /**
   * Which cookies make a session.
   *
   * @param session the one without which there is none
   * @param cleared values that mean it was taken away
   * @param companions those that go with it
   */
  public record SessionCookieNames(String session, Set<String> cleared, Set<String> companions) {
    /** Whether a cookie of that name belongs to the session. */
    public boolean contains(String name) {
      return session.equals(name) || companions.contains(name);
    }
  }

  LinkedInPages(
      Map<Place, String> places,
      String memberPath,
      Map<Sign, List<Variant>> signs,
      Map<Part, List<String>> parts,
      SessionCookieNames cookies) {
    this.places = Map.copyOf(places);
    this.memberPath = memberPath;
    this.signs = Map.copyOf(signs);
    this.parts = Map.copyOf(parts);
    this.cookies = cookies;
  }

  /** The path of a place. */
  public String path(Place place) {
    return places.get(place);
  }

  /** What a member's page begins with; the next segment of the path names the member. */
  public String memberPath() {
    return memberPath;
  }

  /** Which cookies make a session. */
  public SessionCookieNames cookies() {
    return cookies;
  }

  /** The selectors of a part, in the order in which to try them. */
  JsonArray selectors(Part part) {
    return new JsonArray(parts.get(part));
  }

  /** The signs as the script in the page reads them. */
  JsonObject signs() {
    JsonObject json = new JsonObject();
    for (Sign sign : Sign.values()) {
      json.put(sign.name(), new JsonArray(signs.get(sign).stream().map(Variant::json).toList()));
    }
    return json;
  }
}
