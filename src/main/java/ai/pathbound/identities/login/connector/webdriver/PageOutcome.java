package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.pages.PageElement;
import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.ConfirmationRequired;
import ai.pathbound.identities.login.session.LoginOutcome.Refused;
import io.smallrye.mutiny.Uni;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Makes an outcome of the page on which the browser landed. Before it gives up a browser that has a
 * session, it opens the feed.
 */
final class PageOutcome {
  private static final Set<PageMarker> TELL_NOTHING =
      EnumSet.of(PageMarker.LOGIN, PageMarker.CHOOSER, PageMarker.FEED);
  private static final int MOST_OFFERS = 5;

  private final Driver driver;
  private final Membership membership;
  private final FeedOutcome feedOutcome;
  private final UnknownPages unknownPages;
  private final ChallengeOffers offers;

  PageOutcome(
      Driver driver, Membership membership, FeedOutcome feedOutcome, UnknownPages unknownPages) {
    this.driver = driver;
    this.membership = membership;
    this.feedOutcome = feedOutcome;
    this.unknownPages = unknownPages;
    this.offers = new ChallengeOffers(driver);
  }

  /** Whether a page says what came of the login; one that does not may yet become another. */
  static boolean tells(PageView page) {
    return page.marker().filter(marker -> !TELL_NOTHING.contains(marker)).isPresent();
  }

  /** Whether a page says what it is; the feed's address alone may yet show who is there. */
  static boolean isConclusive(PageView page) {
    return page.marker().filter(marker -> marker != PageMarker.FEED).isPresent();
  }

  /** Whether a page asks a visitor who is not signed in to sign in. */
  static boolean asksToSignIn(PageView page) {
    return page.marker()
        .filter(marker -> marker == PageMarker.LOGIN || marker == PageMarker.CHOOSER)
        .isPresent();
  }

  /** The outcome of {@code page}. */
  Uni<LoginOutcome> of(Browser browser, PageView page, Ending ending) {
    return of(browser, page, ending, new Tries(MOST_OFFERS, true));
  }

  /**
   * What may still be tried.
   *
   * @param offers how many offers may be skipped
   * @param feed whether the feed may be opened
   */
  private record Tries(int offers, boolean feed) {
    Tries afterOffer() {
      return new Tries(offers - 1, feed);
    }

    Tries afterFeed() {
      return new Tries(offers, false);
    }
  }

  private Uni<LoginOutcome> of(Browser browser, PageView page, Ending ending, Tries tries) {
    if (page.failed()) {
      Uni<LoginOutcome> failed = failed("LinkedIn answered with an error page");
      return ending.sent() && tries.feed() ? feed(browser, ending, tries) : failed;
    }
    Optional<PageMarker> marker = page.marker();
    if (marker.isEmpty()) {
      return unknownOrMembers(browser, page, ending, tries);
    }
    return switch (marker.get()) {
      case SIGNED_IN -> feedOutcome.of(browser, ending, true);
      case FEED -> feedOutcome.of(browser, ending, false);
      case CAPTCHA -> told(browser, page, ending, tries, FailureReason.CAPTCHA_REQUIRED);
      case AUTHENTICATOR_CODE, SMS_CODE, EMAIL_CODE, CODE ->
          code(marker.get(), page.shows(PageMarker.WRONG_CODE), browser);
      case RESTRICTED -> told(browser, page, ending, tries, FailureReason.ACCOUNT_LOCKED);
      case REJECTED ->
          ending.sent() && !browser.challenged()
              ? refused(FailureReason.CREDENTIALS_REJECTED)
              : atLogin(browser, page, ending, tries);
      // One that says not which is most often an approval, which LinkedIn asks for without a code.
      case APP_APPROVAL, CONFIRMATION -> confirmation(ChallengeKind.APP_APPROVAL, browser);
      case EMAIL_LINK -> confirmation(ChallengeKind.EMAIL_LINK, browser);
      case INTERSTITIAL -> skip(browser, page, ending, tries);
      case CHOOSER, LOGIN -> atLogin(browser, page, ending, tries);
      case PASSWORD, ACCOUNT, WRONG_CODE, CHECKPOINT ->
          throw new IllegalStateException("is no page");
    };
  }

  /**
   * What a page tells of the account or of a CAPTCHA. Elsewhere than where one signs in, a post or
   * an advertisement may hold the same: there it counts only where nothing proves a member.
   */
  private Uni<LoginOutcome> told(
      Browser browser, PageView page, Ending ending, Tries tries, FailureReason reason) {
    Uni<LoginOutcome> refused = refused(reason);
    return page.shows(PageMarker.CHECKPOINT)
        ? refused
        : orMembers(browser, page, ending, tries, refused);
  }

  /** A page that is not known: told of before it is left, and a member's if anything proves it. */
  private Uni<LoginOutcome> unknownOrMembers(
      Browser browser, PageView page, Ending ending, Tries tries) {
    return unknownPages
        .report(browser)
        .chain(
            () ->
                orMembers(browser, page, ending, tries, refused(FailureReason.UNKNOWN_CHALLENGE)));
  }

  /** Opens the feed; of what the feed's address led to, asks the member's own address. */
  private Uni<LoginOutcome> orMembers(
      Browser browser, PageView page, Ending ending, Tries tries, Uni<LoginOutcome> otherwise) {
    return tries.feed() || !page.onOrigin()
        ? orFeed(browser, page, ending, tries, otherwise)
        : feedOutcome.ifMember(browser, ending, otherwise);
  }

  /**
   * At the login again. What it marks as wrong says nothing about the credentials where LinkedIn
   * asked for a code after them.
   */
  private Uni<LoginOutcome> atLogin(Browser browser, PageView page, Ending ending, Tries tries) {
    return ending.sent()
        ? orFeed(browser, page, ending, tries, ending.atLogin())
        : ending.atLogin();
  }

  private Uni<LoginOutcome> skip(Browser browser, PageView offer, Ending ending, Tries tries) {
    Uni<LoginOutcome> stays = unknownOrMembers(browser, offer, ending, tries);
    if (tries.offers() == 0) {
      return stays;
    }
    return driver
        .find(browser, PageElement.SKIP_BUTTON)
        .chain(
            elements ->
                elements
                    .find(PageElement.SKIP_BUTTON)
                    .map(
                        button ->
                            driver
                                .click(browser, button)
                                .chain(
                                    () ->
                                        driver.awaitAfter(
                                            browser, offer, PageOutcome::isConclusive))
                                .chain(
                                    next ->
                                        next.isLike(offer)
                                            ? stays
                                            : of(browser, next, ending, tries.afterOffer())))
                    .orElse(stays));
  }

  /** Opens the feed where there is a session in the browser; where there is none, it is over. */
  private Uni<LoginOutcome> orFeed(
      Browser browser, PageView page, Ending ending, Tries tries, Uni<LoginOutcome> otherwise) {
    if (!tries.feed() || !page.onOrigin()) {
      return otherwise;
    }
    return membership
        .session(browser)
        .chain(session -> session.isPresent() ? feed(browser, ending, tries) : otherwise);
  }

  private Uni<LoginOutcome> feed(Browser browser, Ending ending, Tries tries) {
    return ending
        .journal()
        .map(journal -> membership.openFeed(browser, Optional.empty(), journal))
        .orElseGet(() -> membership.openFeed(browser))
        .chain(
            page ->
                page.isPresent()
                    ? of(browser, page.get(), ending, tries.afterFeed())
                    : ending.sent() ? failed("the feed redirects to itself") : ending.atLogin());
  }

  /** The outcome of a page that is not known, of which an outline is left for the operator. */
  Uni<LoginOutcome> unknown(Browser browser) {
    return unknownPages.report(browser).chain(() -> refused(FailureReason.UNKNOWN_CHALLENGE));
  }

  /**
   * What it means that a browser is back at the login: a challenge that was asked in it is over; if
   * there was none, it is not known what came of the credentials.
   */
  static Uni<LoginOutcome> over(Browser browser) {
    return refused(
        browser.challenged() ? FailureReason.VERIFICATION_TIMEOUT : FailureReason.INTERRUPTED);
  }

  /** LinkedIn asks for a code; one whose kind is not said is most often sent by e-mail. */
  Uni<LoginOutcome> code(PageMarker marker, boolean wrong, Browser browser) {
    ChallengeKind kind =
        switch (marker) {
          case AUTHENTICATOR_CODE -> ChallengeKind.AUTHENTICATOR_CODE;
          case SMS_CODE -> ChallengeKind.SMS_CODE;
          default -> ChallengeKind.EMAIL_CODE;
        };
    return offers
        .of(browser, kind)
        .map(ways -> new CodeRequired(kind, wrong, ways, browser.inChallenge().handle()));
  }

  private Uni<LoginOutcome> confirmation(ChallengeKind kind, Browser browser) {
    return offers
        .of(browser, kind)
        .map(ways -> new ConfirmationRequired(kind, ways, browser.inChallenge().handle()));
  }

  static Uni<LoginOutcome> refused(FailureReason reason) {
    return Uni.createFrom().item(new Refused(reason));
  }

  static Uni<LoginOutcome> failed(String what) {
    return Uni.createFrom().failure(() -> new LinkedInUnavailableException(what));
  }
}
