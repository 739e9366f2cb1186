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
import java.util.function.Supplier;

/**
 * Whether a member is signed in, and which one. An address proves nothing: signed in is a page that
 * shows what only members see, or one's own address leading to a member; signed out is a page that
 * asks to sign in. What proves neither is a failure.
 */
final class Membership {
  private final Driver driver;
  private final SessionCookies cookies;
  private final SessionKeeper keeper;
  private final UnknownPages unknownPages;

  Membership(
      Driver driver, SessionCookies cookies, SessionKeeper keeper, UnknownPages unknownPages) {
    this.driver = driver;
    this.cookies = cookies;
    this.keeper = keeper;
    this.unknownPages = unknownPages;
  }

  /** The session in the browser, if there is one. */
  Uni<Optional<StoredSession>> session(Browser browser) {
    return cookies.read(browser);
  }

  /**
   * Opens the feed, or finds out that LinkedIn does not honour the session any more: empty where
   * the feed redirects to itself without end, and does not without the session.
   *
   * @param keep keeps the session, before it is taken out of the browser: the turns may have
   *     renewed it, and whoever breaks this off would find none
   */
  private Uni<Optional<PageView>> openFeed(Browser browser, Supplier<Uni<Void>> keep) {
    return feed(browser)
        .chain(
            page ->
                page.round()
                    ? keep.get().chain(() -> withoutSession(browser))
                    : Uni.createFrom().item(Optional.of(page)));
  }

  /** The same, in a use of the session {@code given}, of which {@code journal} is told. */
  Uni<Optional<PageView>> openFeed(
      Browser browser, Optional<StoredSession> given, SessionJournal journal) {
    return openFeed(browser, () -> keeper.keep(browser, given, journal));
  }

  /** The same, where there is no stored session, or where it is to end. */
  Uni<Optional<PageView>> openFeed(Browser browser) {
    return openFeed(browser, Membership::nothing);
  }

  private Uni<PageView> feed(Browser browser) {
    return driver
        .goTo(browser, PageAddress.FEED)
        .chain(() -> driver.awaitPatiently(browser, PageOutcome::isConclusive));
  }

  /**
   * The feed once more, without the session. Where that proves nothing, LinkedIn is out of reach,
   * and the browser holds the session again.
   */
  private Uni<Optional<PageView>> withoutSession(Browser browser) {
    return driver
        .goTo(browser, PageAddress.COOKIES)
        .chain(() -> cookies.read(browser))
        .chain(
            held ->
                cookies
                    .delete(browser)
                    .chain(() -> feed(browser))
                    .invoke(
                        page -> {
                          if (page.failed() || !page.onOrigin()) {
                            throw new LinkedInUnavailableException(
                                "the feed redirects to itself, and does not come without us");
                          }
                        })
                    .onFailure()
                    .call(() -> putBack(browser, held)))
        .replaceWith(Optional.empty());
  }

  private Uni<Void> putBack(Browser browser, Optional<StoredSession> held) {
    return held.map(session -> cookies.set(browser, session))
        .orElseGet(Membership::nothing)
        .onFailure()
        .recoverWithNull();
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
    return page.failed() || PageOutcome.asksToSignIn(page)
        ? Optional.empty()
        : driver
            .pages()
            .member(page.path())
            .map(slug -> new Member(Secret.of(slug.toLowerCase(Locale.ROOT))));
  }

  /**
   * Whether a stored session, set in the browser, is honoured; a failure where nothing says so. An
   * account that is restricted may have its session still, once it is unlocked.
   */
  Uni<Boolean> isHonoured(Browser browser, SessionUse use, SessionJournal journal) {
    return openFeed(browser, Optional.of(use.session()), journal)
        .chain(
            page ->
                page.isEmpty()
                    ? Uni.createFrom().item(false)
                    : isHonoured(browser, page.get(), use, journal));
  }

  private Uni<Boolean> isHonoured(
      Browser browser, PageView page, SessionUse use, SessionJournal journal) {
    if (page.failed()) {
      return neither();
    }
    if (page.marker().isEmpty()) {
      return reportIfUnknown(browser, page)
          .chain(() -> page.onOrigin() ? proven(browser, journal, true) : neither());
    }
    return switch (page.marker().get()) {
      case LOGIN, CHOOSER, REJECTED -> Uni.createFrom().item(false);
      // Elsewhere than where one signs in, a post or an advertisement may hold the same; there, it
      // is no word about the session.
      case RESTRICTED, CAPTCHA ->
          page.shows(PageMarker.CHECKPOINT) ? neither() : proven(browser, journal, false);
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
                        .chain(
                            () ->
                                use.askWho()
                                    ? learn(browser, journal)
                                    : Uni.createFrom().item(true));
                  });
      case FEED, INTERSTITIAL -> proven(browser, journal, false);
      default -> neither();
    };
  }

  /**
   * By the second proof: the member's own address.
   *
   * @param told whether the operator was told of an unknown page already
   */
  private Uni<Boolean> proven(Browser browser, SessionJournal journal, boolean told) {
    return cookies
        .read(browser)
        .chain(
            session ->
                me(browser)
                    .chain(
                        page -> {
                          Optional<Member> member = member(page);
                          // Without the cookie nobody is signed in, whatever a page shows; and that
                          // it is missing says by itself as little as an address.
                          if (member.isPresent() && session.isPresent()) {
                            return journal.memberIs(member.get());
                          }
                          return PageOutcome.asksToSignIn(page)
                              ? Uni.createFrom().item(false)
                              : (told ? nothing() : reportIfUnknown(browser, page))
                                  .chain(Membership::neither);
                        }));
  }

  /** Leaves an outline of a page that came where a member or a feed was expected. */
  Uni<Void> reportIfUnknown(Browser browser, PageView page) {
    return page.marker().isEmpty() && page.web() && !page.failed()
        ? unknownPages.report(browser)
        : nothing();
  }

  /**
   * Whether LinkedIn shows that no member is signed in: by a page that asks to sign in, or by the
   * second proof. A page that shows nothing proves nothing.
   */
  Uni<Boolean> isSignedOut(Browser browser) {
    return openFeed(browser)
        .chain(
            page -> {
              if (page.isEmpty() || PageOutcome.asksToSignIn(page.get())) {
                return Uni.createFrom().item(true);
              }
              if (page.get().failed() || page.get().shows(PageMarker.SIGNED_IN)) {
                return Uni.createFrom().item(false);
              }
              return me(browser).map(PageOutcome::asksToSignIn);
            });
  }

  /**
   * Asks LinkedIn who it is; whether it may be. What LinkedIn does not say is asked again later.
   */
  private Uni<Boolean> learn(Browser browser, SessionJournal journal) {
    return me(browser)
        .chain(
            page ->
                member(page).map(journal::memberIs).orElseGet(() -> Uni.createFrom().item(true)));
  }

  private static Uni<Void> nothing() {
    return Uni.createFrom().voidItem();
  }

  private static Uni<Boolean> neither() {
    return Uni.createFrom()
        .failure(
            () ->
                new LinkedInUnavailableException("no page proved whether the session is honoured"));
  }
}
