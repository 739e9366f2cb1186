package ai.pathbound.identities.login.connector.webdriver.pages;

import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import ai.pathbound.identities.login.connector.webdriver.protocol.Remote;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverClient;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Looks at the page in a browser. Each look is one script, so that it sees one state of one page;
 * the scripts only read.
 */
public final class PageReader {
  private static final String VISIBLE =
      """
      const visible = e => e.getClientRects().length > 0
        && e.checkVisibility({visibilityProperty: true, opacityProperty: true});
      const all = s => [...document.querySelectorAll(s)].filter(visible);
      """;

  private static final String LOOK =
      VISIBLE
          + """
            const [markers] = arguments;
            const plain = t => t.toLowerCase().replace(/\\s+/g, ' ').replace(/[\\u2018\\u2019]/g, "'");
            const text = document.body ? plain(document.body.innerText) : '';
            const some = (list, found) => list.length === 0 || list.some(found);
            const holds = v => some(v.paths, p => location.pathname.startsWith(p))
              && some(v.selectors, s => all(s).length > 0)
              && some(v.texts, t => text.includes(plain(t)));
            const load = performance.getEntriesByType('navigation')[0];
            return {
              origin: location.origin, protocol: location.protocol, path: location.pathname,
              document: performance.timeOrigin, ready: document.readyState,
              status: load && load.responseStatus || 0,
              markers: Object.keys(markers).filter(name => markers[name].some(holds))
            };
            """;

  // The form's own action, which an input called "action" would hide.
  private static final String FIND =
      VISIBLE
          + """
            const [origin, wanted] = arguments;
            const ours = f => !f
              || new URL(f.getAttribute('action') || '', document.baseURI).origin === origin;
            const found = {};
            if (location.origin !== origin) return {safe: false};
            let form = null;
            for (const [name, selectors] of Object.entries(wanted)) {
              const hits = selectors.flatMap(all);
              const hit = hits.find(e => form && e.form === form) || hits[0];
              if (!hit) continue;
              found[name] = hit;
              form = form || hit.form || null;
              if (!ours(hit.form) || (hit.hasAttribute('formaction')
                  && new URL(hit.getAttribute('formaction'), document.baseURI).origin !== origin))
                return {safe: false};
            }
            return {safe: true, ...found};
            """;

  private final WebDriverClient client;
  private final JsonObject markers;
  private final LinkedInPages pages;
  private final String origin;

  /**
   * Looks through {@code client}.
   *
   * @param base LinkedIn's address; its origin (RFC 6454) is the only one that counts
   */
  public PageReader(WebDriverClient client, LinkedInPages pages, URI base) {
    this.client = client;
    this.pages = pages;
    this.markers = pages.markers();
    this.origin = origin(base);
  }

  private static String origin(URI base) {
    boolean standard =
        base.getPort() < 0
            || base.getPort() == 443 && base.getScheme().equals("https")
            || base.getPort() == 80 && base.getScheme().equals("http");
    return base.getScheme() + "://" + base.getHost() + (standard ? "" : ":" + base.getPort());
  }

  /** What the page shows now. */
  public Uni<PageView> look(Remote browser) {
    return client.run(browser, LOOK, markers).map(this::view);
  }

  private PageView view(JsonObject seen) {
    boolean onOrigin = origin.equals(seen.getString("origin"));
    String protocol = seen.getString("protocol", "");
    boolean web = protocol.equals("http:") || protocol.equals("https:");
    int status = seen.getInteger("status", 0);
    boolean failed = protocol.equals("chrome-error:") || status == 429 || status >= 500;
    Set<PageMarker> shown = EnumSet.noneOf(PageMarker.class);
    if (onOrigin) {
      seen.getJsonArray("markers", new JsonArray())
          .forEach(s -> shown.add(PageMarker.valueOf((String) s)));
    }
    return new PageView(
        onOrigin,
        web,
        failed,
        onOrigin ? seen.getString("path", "") : "",
        seen.getDouble("document", 0.0),
        "complete".equals(seen.getString("ready")),
        shown);
  }

  /** Finds elements, if page and form belong to LinkedIn's origin; the first says which form. */
  public Uni<PageElements> find(Remote browser, PageElement... wanted) {
    JsonObject selectors = new JsonObject();
    for (PageElement element : wanted) {
      selectors.put(element.name(), pages.selectors(element));
    }
    return client
        .run(browser, FIND, origin, selectors)
        .map(
            result -> {
              Map<PageElement, Element> found = new EnumMap<>(PageElement.class);
              for (PageElement element : wanted) {
                Element.in(result, element.name()).ifPresent(hit -> found.put(element, hit));
              }
              return new PageElements(result.getBoolean("safe", false), found);
            });
  }
}
