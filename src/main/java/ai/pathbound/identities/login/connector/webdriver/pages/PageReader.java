package ai.pathbound.identities.login.connector.webdriver.pages;

import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import ai.pathbound.identities.login.connector.webdriver.protocol.Remote;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverClient;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at the page in a browser. Each look is one script, so that it sees one state of one page.
 */
public final class PageReader {
  private static final PageElement[] LOGIN = {
    PageElement.USERNAME_FIELD, PageElement.PASSWORD_FIELD, PageElement.SIGN_IN_BUTTON
  };

  private final WebDriverClient client;
  private final JsonObject markers;
  private final JsonArray otherWays;
  private final JsonArray challenges;
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
    this.otherWays = pages.selectors(PageElement.OTHER_WAY);
    this.challenges = new JsonArray(LinkedInPages.WAYS.stream().map(PageMarker::name).toList());
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
    return client
        .run(
            browser, PageScripts.LOOK, markers, pages.selectors(PageElement.CODE_FIELD), challenges)
        .map(this::view);
  }

  private PageView view(JsonObject seen) {
    boolean onOrigin = origin.equals(seen.getString("origin"));
    String protocol = seen.getString("protocol", "");
    boolean web = protocol.equals("http:") || protocol.equals("https:");
    int status = seen.getInteger("status", 0);
    boolean round = seen.getBoolean("round", false);
    boolean failed = protocol.equals("chrome-error:") || round || status == 429 || status >= 500;
    return new PageView(
        onOrigin,
        web,
        failed,
        round,
        onOrigin ? seen.getString("path", "") : "",
        seen.getDouble("document", 0.0),
        "complete".equals(seen.getString("ready")),
        seen.getBoolean("filled", false),
        seen.getBoolean("acts", false),
        seen.getInteger("text", 0),
        seen.getJsonArray("alerts", new JsonArray()).stream()
            .map(Integer.class::cast)
            .collect(Collectors.toUnmodifiableSet()),
        markers(onOrigin, seen.getJsonArray("markers")),
        markers(onOrigin, seen.getJsonArray("structure")));
  }

  private static Set<PageMarker> markers(boolean onOrigin, JsonArray names) {
    Set<PageMarker> markers = EnumSet.noneOf(PageMarker.class);
    if (onOrigin && names != null) {
      names.forEach(name -> markers.add(PageMarker.valueOf((String) name)));
    }
    return markers;
  }

  /** Finds elements, if page and form belong to LinkedIn's origin; the first says which form. */
  public Uni<PageElements> find(Remote browser, PageElement... wanted) {
    return client
        .run(browser, FieldScripts.FIND, origin, selectors(wanted), words(wanted), otherWays)
        .map(result -> PageElements.of(result, wanted));
  }

  /** Finds the fields of a login that belong together, and the button that belongs to them. */
  public Uni<LoginFields> findLogin(Remote browser) {
    return client
        .run(
            browser,
            FieldScripts.LOGIN,
            origin,
            selectors(LOGIN),
            words(LOGIN),
            otherWays,
            markers.getJsonArray(PageMarker.ACCOUNT.name()))
        .map(
            result ->
                new LoginFields(
                    PageElements.of(result, LOGIN),
                    result.getBoolean("strange", false),
                    result.getBoolean("account", false),
                    result.getJsonArray("addresses", new JsonArray()).stream()
                        .map(address -> Secret.of((String) address))
                        .toList(),
                    result.getBoolean("posts", false),
                    result.getBoolean("complete", false),
                    result.getBoolean("scripts", false),
                    Duration.ofMillis(result.getInteger("idle", 0))));
  }

  /**
   * What the fields hold and whether to press; from now on the page's next press is watched.
   *
   * @param secret what must not come into an address
   * @param patience how long after a press that was held back it may be tried once more
   */
  public Uni<Armed> arm(
      Remote browser,
      List<Element> fields,
      List<Secret> texts,
      Optional<Element> button,
      Optional<Secret> secret,
      Duration patience) {
    JsonArray elements = new JsonArray();
    fields.forEach(field -> elements.add(field.argument()));
    return Uni.createFrom()
        .deferred(
            () -> {
              JsonArray values = new JsonArray();
              texts.forEach(text -> values.add(text.reveal()));
              return client.run(
                  browser,
                  PressScripts.ARM,
                  elements,
                  values,
                  button.map(Element::argument).orElse(null),
                  secret.map(Secret::reveal).orElse(null),
                  patience.toMillis());
            })
        .map(
            result ->
                new Armed(
                    result.getJsonArray("holds", new JsonArray()).stream()
                        .map(Boolean.class::cast)
                        .toList(),
                    result.getBoolean("may", false),
                    result.getBoolean("ready", true),
                    result.getBoolean("sent", false)));
  }

  /** What became of the press since {@link #arm}. */
  public Uni<Press> press(Remote browser) {
    return client
        .run(browser, PressScripts.PRESSED)
        .map(
            result -> {
              if (result.getBoolean("blocked", false)) {
                return Press.HELD_BACK;
              }
              if (result.getBoolean("refused", false)) {
                return Press.REFUSED;
              }
              boolean none =
                  result.getBoolean("known", false) && !result.getBoolean("pressed", false);
              return none ? Press.NONE : Press.DONE;
            });
  }

  /** What the page of a challenge offers beside its question. */
  public Uni<WaysOn> waysOn(Remote browser) {
    return client
        .run(
            browser,
            WayScripts.FIND,
            origin,
            markers.getJsonArray(PageMarker.CHECKPOINT.name()),
            pages.selectors(PageElement.RESEND_BUTTON),
            new JsonArray(pages.words(PageElement.RESEND_BUTTON)),
            pages.selectors(PageElement.OTHER_WAY_LINK),
            new JsonArray(pages.words(PageElement.OTHER_WAY_LINK)),
            pages.ways(),
            pages.numberEnds())
        .map(WaysOn::of);
  }

  /** Goes back to the page before, as a visitor does. */
  public Uni<Void> goBack(Remote browser) {
    return client.run(browser, "history.back(); return {};").replaceWithVoid();
  }

  /** An outline of the page, for the log. */
  public Uni<PageOutline> outline(Remote browser) {
    return client
        .run(
            browser,
            PageScripts.OUTLINE,
            markers.getJsonArray(PageMarker.CHECKPOINT.name()),
            pages.memberPath())
        .map(
            result ->
                new PageOutline(
                    result.getString("path", ""),
                    result.getString("title", ""),
                    result.getString("tree", "")));
  }

  /** Pairs, since a remote end may hand an object over with its keys in another order. */
  private JsonArray selectors(PageElement... wanted) {
    JsonArray selectors = new JsonArray();
    for (PageElement element : wanted) {
      selectors.add(new JsonArray().add(element.name()).add(pages.selectors(element)));
    }
    return selectors;
  }

  private JsonArray words(PageElement... wanted) {
    JsonArray words = new JsonArray();
    for (PageElement element : wanted) {
      pages.words(element).forEach(words::add);
    }
    return words;
  }
}
