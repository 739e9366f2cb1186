package ai.pathbound.identities.login.connector.webdriver.pages;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** All that LinkedIn may change, as {@link PagesFile} read it. */
public final class LinkedInPages {
  private final Map<PageAddress, String> addresses;
  private final String memberPath;
  private final List<String> nobodys;
  private final Map<PageMarker, List<Variant>> markers;
  private final Map<PageElement, List<String>> elements;
  private final Map<PageElement, List<String>> words;
  private final SessionCookieNames cookies;

  /**
   * Which cookies make a session.
   *
   * @param session the one without which there is none
   * @param cleared values that mean it was taken away
   * @param companions those that go with it
   * @param brought the one of them that a person may bring beside the session
   */
  public record SessionCookieNames(
      String session, Set<String> cleared, Set<String> companions, String brought) {
    /** Whether a cookie of that name belongs to the session. */
    public boolean contains(String name) {
      return session.equals(name) || companions.contains(name);
    }
  }

  LinkedInPages(
      Map<PageAddress, String> addresses,
      String memberPath,
      List<String> nobodys,
      Map<PageMarker, List<Variant>> markers,
      Map<PageElement, List<String>> elements,
      Map<PageElement, List<String>> words,
      SessionCookieNames cookies) {
    this.addresses = Map.copyOf(addresses);
    this.memberPath = memberPath;
    this.nobodys = List.copyOf(nobodys);
    this.markers = Map.copyOf(markers);
    this.elements = Map.copyOf(elements);
    this.words = Map.copyOf(words);
    this.cookies = cookies;
  }

  /** The path of an address. */
  public String path(PageAddress address) {
    return addresses.get(address);
  }

  /** What a member's page begins with. */
  String memberPath() {
    return memberPath;
  }

  /**
   * The segment of a path that names a member, as it stands there; empty where the path is no
   * member's page. Whether a path ends with a slash makes no difference.
   */
  public Optional<String> member(String path) {
    Optional<String> found = named(path);
    boolean nobody =
        found.isEmpty()
            || Stream.concat(nobodys.stream(), Stream.of(path(PageAddress.ME)))
                .flatMap(other -> named(other).stream())
                .anyMatch(found.get()::equalsIgnoreCase);
    return nobody ? Optional.empty() : found;
  }

  private Optional<String> named(String path) {
    return path.startsWith(memberPath)
        ? Optional.of(path.substring(memberPath.length()).split("/", 2)[0])
            .filter(segment -> !segment.isBlank())
        : Optional.empty();
  }

  /** Which cookies make a session. */
  public SessionCookieNames cookies() {
    return cookies;
  }

  /** The selectors of an element, in the order in which to try them. */
  JsonArray selectors(PageElement element) {
    return new JsonArray(elements.get(element));
  }

  /** What a button says, in lower case, in any language; none for most elements. */
  List<String> words(PageElement element) {
    return words.get(element);
  }

  /** The markers as the script in the page reads them. */
  JsonObject markers() {
    JsonObject json = new JsonObject();
    for (PageMarker marker : PageMarker.values()) {
      json.put(
          marker.name(), new JsonArray(markers.get(marker).stream().map(Variant::json).toList()));
    }
    return json;
  }
}
