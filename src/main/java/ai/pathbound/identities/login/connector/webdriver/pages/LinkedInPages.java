package ai.pathbound.identities.login.connector.webdriver.pages;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.EnumSet;
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
  private final Words words;
  private final SessionCookieNames cookies;

  /** The challenges that another way may lead to. */
  static final Set<PageMarker> WAYS =
      Collections.unmodifiableSet(
          EnumSet.of(
              PageMarker.AUTHENTICATOR_CODE,
              PageMarker.SMS_CODE,
              PageMarker.EMAIL_CODE,
              PageMarker.APP_APPROVAL,
              PageMarker.EMAIL_LINK));

  /**
   * What is said by what can be pressed, in lower case, in any language.
   *
   * @param buttons by which a button is known, none for most elements
   * @param ways by which it is known where another way leads to
   * @param numberEnds after which the end of a telephone number stands
   */
  record Words(
      Map<PageElement, List<String>> buttons,
      Map<PageMarker, List<String>> ways,
      List<String> numberEnds) {}

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
      Words words,
      SessionCookieNames cookies) {
    this.addresses = Map.copyOf(addresses);
    this.memberPath = memberPath;
    this.nobodys = List.copyOf(nobodys);
    this.markers = Map.copyOf(markers);
    this.elements = Map.copyOf(elements);
    this.words = words;
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
    return words.buttons().get(element);
  }

  /** What says where another way leads to, as the script in the page reads it. */
  JsonObject ways() {
    JsonObject json = new JsonObject();
    words.ways().forEach((kind, texts) -> json.put(kind.name(), new JsonArray(texts)));
    return json;
  }

  /** After which words the end of a telephone number stands. */
  JsonArray numberEnds() {
    return new JsonArray(words.numberEnds());
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
