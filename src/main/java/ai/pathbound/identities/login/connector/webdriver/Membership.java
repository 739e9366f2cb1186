package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.SessionJournal;
import ai.pathbound.identities.login.connector.SessionUse;
import ai.pathbound.identities.login.connector.webdriver.pages.PageAddress;
import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a member is signed in, and which one. An address proves nothing: signed in is a page that
 * shows what only members see, or one's own address leading to a member; signed out is a page that
 * asks to sign in. What proves neither is a failure.
 */
final class Membership {
  private final Driver driver;
  private final SessionCookies cookies;

  Membership(Driver driver, SessionCookies cookies) {
    this.driver = driver;
    this.cookies = cookies;
  }

  /** The session in the browser, if there is one. */
  Uni<Optional<StoredSession>> session(Browser browser) {
    return cookies.read(browser);
  }

  /**
   * Opens the feed, or finds out that LinkedIn does not honour the session any more: empty where
   * the feed redirects to itself without end, and does not without the session.
   */
  Uni<Optional<PageView>> openFeed(Browser browser) {
    return feed(browser)
        .chain(
            page ->
                page.round() ? withoutSession(browser) : Uni.createFrom().item(Optional.of(page)));
  }

  private Uni<PageView> feed(Browser browser) {
    return driver
        .goTo(browser, PageAddress.FEED)
        .chain(() -> driver.awaitPatiently(browser, PageOutcome::isConclusive));
  }

  private Uni<Optional<PageView>> withoutSession(Browser browser) {
    return driver
        .goTo(browser, PageAddress.COOKIES)
        .chain(() -> cookies.delete(browser))
        .chain(() -> feed(browser))
        .map(
            page -> {
              if (page.round()) {
                throw new LinkedInUnavailable("the feed redirects to itself, with or without us");
              }
              return Optional.empty();
            });
  }

  /** The member's own address, and where it led. */
  Uni<PageView> me(Browser browser) {
    return driver
        .goTo(browser, PageAddress.ME)
        .chain(
            () ->
                driver.await(
                    browser, page -> member(page).isPresent() || PageOutcome.asksToSignIn(page)));
  }

  /** Whose page it is; empty where it is no member's. */
  Optional<Member> member(PageView page) {
    String prefix = driver.pages().memberPath();
    if (page.failed()
        || PageOutcome.asksToSignIn(page)
        || !page.path().startsWith(prefix)
        || page.path().equals(driver.pages().path(PageAddress.ME))) {
      return Optional.empty();
    }
    String slug = page.path().substring(prefix.length()).split("/", 2)[0];
    return slug.isBlank()
        ? Optional.empty()
        : Optional.of(new Member(Secret.of(slug.toLowerCase(Locale.ROOT))));
  }

  /** Whether a stored session, set in the browser, is honoured; a failure where nothing says so. */
  Uni<Boolean> isHonoured(Browser browser, SessionUse use, SessionJournal journal) {
    return openFeed(browser)
        .chain(
            page ->
                page.isEmpty()
                    ? Uni.createFrom().item(false)
                    : isHonoured(browser, page.get(), use, journal));
  }

  private Uni<Boolean> isHonoured(
      Browser browser, PageView page, SessionUse use, SessionJournal journal) {
    if (page.failed() || !page.onOrigin()) {
      return neither();
    }
    PageMarker marker = page.marker().orElse(PageMarker.INTERSTITIAL);
    return switch (marker) {
      case LOGIN, CHOOSER, REJECTED, RESTRICTED -> Uni.createFrom().item(false);
      case SIGNED_IN ->
          cookies
              .read(browser)
              .chain(
                  session -> {
                    if (session.isEmpty()) {
                      return neither();
                    }
                    return journal
                        .sessionIs(session.get())
                        .chain(() -> use.askWho() ? learn(browser, journal) : nothing())
                        .replaceWith(true);
                  });
      case FEED, INTERSTITIAL -> proven(browser, journal);
      default -> neither();
    };
  }

  /** By the second proof: the member's own address. */
  private Uni<Boolean> proven(Browser browser, SessionJournal journal) {
    return cookies
        .read(browser)
        .chain(
            session ->
                session.isEmpty()
                    ? Uni.createFrom().item(false)
                    : me(browser)
                        .chain(
                            page -> {
                              Optional<Member> member = member(page);
                              if (member.isPresent()) {
                                return journal.memberIs(member.get()).replaceWith(true);
                              }
                              return PageOutcome.asksToSignIn(page)
                                  ? Uni.createFrom().item(false)
                                  : neither();
                            }));
  }

  /**
   * The session in a browser that an earlier use left behind. Empty where LinkedIn shows that no
   * member is signed in; where it shows nothing, what the browser holds is newer than what was
   * stored.
   */
  Uni<Optional<StoredSession>> current(Browser browser) {
    return openFeed(browser)
        .chain(
            page -> {
              if (page.isEmpty() || PageOutcome.asksToSignIn(page.get())) {
                return Uni.createFrom().item(Optional.empty());
              }
              if (page.get().failed() || page.get().shows(PageMarker.SIGNED_IN)) {
                return cookies.read(browser);
              }
              return me(browser)
                  .chain(
                      own ->
                          PageOutcome.asksToSignIn(own)
                              ? Uni.createFrom().item(Optional.empty())
                              : cookies.read(browser));
            });
  }

  private Uni<Void> learn(Browser browser, SessionJournal journal) {
    return me(browser)
        .chain(page -> member(page).map(journal::memberIs).orElseGet(Membership::nothing));
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }

  private static Uni<Boolean> neither() {
    return Uni.createFrom()
        .failure(() -> new LinkedInUnavailable("no page proved whether the session is honoured"));
  }
}
