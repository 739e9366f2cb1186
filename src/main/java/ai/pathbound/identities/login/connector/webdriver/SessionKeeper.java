package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.SessionJournal;
import ai.pathbound.identities.login.connector.webdriver.pages.PageAddress;
import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.session.StoredSession;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Keeps what a browser holds at the end of a use of a stored session, however the use ends:
 * LinkedIn may have renewed the session on the way, and honours only the new one. Nothing is kept
 * of a browser that shows that it is signed out.
 */
final class SessionKeeper {
  private final Driver driver;
  private final SessionCookies cookies;

  SessionKeeper(Driver driver, SessionCookies cookies) {
    this.driver = driver;
    this.cookies = cookies;
  }

  /**
   * Takes a step, and {@linkplain #keep keeps} what the browser holds at its end, its failure and
   * its cancellation among them.
   */
  <T> Uni<T> keeping(
      Browser browser, Optional<StoredSession> given, SessionJournal journal, Uni<T> step) {
    return step.onTermination().call(() -> keep(browser, given, journal));
  }

  /**
   * Tells {@code journal} what the browser holds; never fails.
   *
   * @param given what the browser was given, where that is known; nothing is told while it is that
   */
  Uni<Void> keep(Browser browser, Optional<StoredSession> given, SessionJournal journal) {
    return held(browser)
        .chain(
            now ->
                now.isEmpty() || given.filter(g -> cookies.isSame(g, now.get())).isPresent()
                    ? Uni.createFrom().voidItem()
                    : journal.sessionIs(now.get()).replaceWithVoid())
        .onFailure()
        .recoverWithNull();
  }

  /**
   * The session that the browser holds now; empty where there is none, or where the page asks to
   * sign in.
   */
  Uni<Optional<StoredSession>> held(Browser browser) {
    return driver
        .look(browser)
        .chain(page -> held(browser, page))
        // A page that cannot be looked at says nothing about the session.
        .onFailure()
        .recoverWithUni(() -> cookies.read(browser));
  }

  private Uni<Optional<StoredSession>> held(Browser browser, PageView page) {
    if (page.shows(PageMarker.LOGIN) || page.shows(PageMarker.CHOOSER)) {
      return Uni.createFrom().item(Optional.empty());
    }
    return page.onOrigin()
        ? cookies.read(browser)
        // A browser tells the cookies of the site that it is at.
        : driver.goTo(browser, PageAddress.COOKIES).chain(() -> cookies.read(browser));
  }
}
