package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.LoginJournal;
import ai.pathbound.identities.login.connector.webdriver.pages.LinkedInPages;
import ai.pathbound.identities.login.connector.webdriver.pages.PageAddress;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cookies that make a session: read out of a browser, and set in another. Stored as {@code
 * {"cookies": […]}}, each as WebDriver serialises a cookie.
 */
final class SessionCookies {
  private final Driver driver;
  private final LinkedInPages.SessionCookieNames names;

  SessionCookies(Driver driver) {
    this.driver = driver;
    this.names = driver.pages().cookies();
  }

  /** The session in the browser; empty where no member is signed in. */
  Uni<Optional<StoredSession>> read(Browser browser) {
    return driver.client().cookies(browser.remote()).map(this::session);
  }

  private Optional<StoredSession> session(JsonArray cookies) {
    JsonArray ours = new JsonArray();
    boolean signedIn = false;
    for (JsonObject cookie : objects(cookies)) {
      String value = cookie.getString("value", "");
      String name = cookie.getString("name", "");
      if (names.contains(name)) {
        ours.add(cookie);
      }
      signedIn |=
          name.equals(names.session()) && !value.isBlank() && !names.cleared().contains(value);
    }
    return signedIn
        ? Optional.of(new StoredSession(Secret.of(JsonObject.of("cookies", ours).encode())))
        : Optional.empty();
  }

  /**
   * Sets the cookies of {@code session}, once the browser is seen to be at LinkedIn. The one
   * without which there is no session comes last: a use that is broken off in between leaves none
   * to be taken for a whole one.
   */
  Uni<Void> set(Browser browser, StoredSession session) {
    return atLinkedIn(browser)
        .chain(
            () ->
                add(
                    browser,
                    objects(new JsonObject(session.content().reveal()).getJsonArray("cookies"))));
  }

  /**
   * Sets what a person brings, which is taken out of the journal once the browser is seen to be at
   * LinkedIn: as LinkedIn's own are set, so that its next one takes the place of this one.
   */
  Uni<Void> setBrought(Browser browser, LoginJournal journal) {
    return atLinkedIn(browser)
        .chain(journal::takeSessionCookie)
        .chain(
            brought -> {
              List<JsonObject> cookies = new ArrayList<>();
              brought.companion().ifPresent(value -> cookies.add(made(names.brought(), value)));
              cookies.add(made(names.session(), brought.session()));
              return add(browser, cookies);
            });
  }

  private JsonObject made(String name, Secret value) {
    URI origin = driver.settings().baseUrl();
    return JsonObject.of(
        "name",
        name,
        "value",
        value.reveal(),
        "domain",
        origin.getHost(),
        "path",
        "/",
        "secure",
        "https".equals(origin.getScheme()),
        "httpOnly",
        true);
  }

  private Uni<Void> atLinkedIn(Browser browser) {
    return driver
        .goTo(browser, PageAddress.COOKIES)
        .chain(() -> driver.await(browser, PageView::onOrigin))
        .invoke(
            page -> {
              if (!page.onOrigin()) {
                throw new LinkedInUnavailableException("the way to LinkedIn led elsewhere");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> add(Browser browser, List<JsonObject> cookies) {
    return Multi.createFrom()
        .iterable(sessionLast(cookies))
        .onItem()
        .transformToUniAndConcatenate(cookie -> driver.client().addCookie(browser.remote(), cookie))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** Whether two sessions are the same but for when their cookies end. */
  boolean isSame(StoredSession one, StoredSession other) {
    return values(one).equals(values(other));
  }

  private static Map<String, String> values(StoredSession session) {
    JsonObject stored = new JsonObject(session.content().reveal());
    Map<String, String> values = new HashMap<>();
    objects(stored.getJsonArray("cookies"))
        .forEach(cookie -> values.put(cookie.getString("name"), cookie.getString("value")));
    return values;
  }

  /** Takes the session out of the browser, which must be at LinkedIn. */
  Uni<Void> delete(Browser browser) {
    return driver.client().deleteCookie(browser.remote(), names.session());
  }

  private List<JsonObject> sessionLast(List<JsonObject> cookies) {
    return cookies.stream()
        .sorted(Comparator.comparing(cookie -> names.session().equals(cookie.getString("name"))))
        .toList();
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }
}
