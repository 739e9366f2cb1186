package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.pages.PageAddress;
import ai.pathbound.identities.login.connector.webdriver.pages.PageElement;
import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginOutcome.CodeRequired;
import ai.pathbound.identities.login.session.LoginOutcome.ConfirmationRequired;
import ai.pathbound.identities.login.session.LoginOutcome.Refused;
import ai.pathbound.identities.login.session.LoginOutcome.SignedIn;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Makes an outcome of the page on which the browser landed. */
final class PageOutcome {
  private static final Logger LOG = Logger.getLogger(PageOutcome.class);
  private static final Set<PageMarker> BEFORE_SIGN_IN =
      EnumSet.of(PageMarker.LOGIN, PageMarker.CHOOSER);
  private static final int MOST_OFFERS = 5;

  private final Driver driver;
  private final SessionCookies cookies;

  PageOutcome(Driver driver, SessionCookies cookies) {
    this.driver = driver;
    this.cookies = cookies;
  }

  /** Whether a page says what came of the login; one that does not may yet become another. */
  static boolean tells(PageView page) {
    return page.marker().filter(marker -> !BEFORE_SIGN_IN.contains(marker)).isPresent();
  }

  /** Whether a page asks somebody who is not signed in to sign in. */
  static boolean asksToSignIn(PageView page) {
    return page.marker().filter(BEFORE_SIGN_IN::contains).isPresent();
  }

  /** The outcome; {@code atLogin} is what it means to be asked to sign in. */
  Uni<LoginOutcome> of(Browser browser, PageView page, Uni<LoginOutcome> atLogin) {
    return of(browser, page, atLogin, MOST_OFFERS);
  }

  private Uni<LoginOutcome> of(
      Browser browser, PageView page, Uni<LoginOutcome> atLogin, int offersLeft) {
    if (page.failed()) {
      return failed("LinkedIn answered with an error page");
    }
    Optional<PageMarker> marker = page.marker();
    if (marker.isEmpty()) {
      // The path alone: it names no member and carries no token.
      LOG.warnf("an unknown page of LinkedIn: %s", page.onOrigin() ? page.path() : "elsewhere");
      return refused(FailureReason.UNKNOWN_CHALLENGE);
    }
    return switch (marker.get()) {
      case SIGNED_IN -> signedIn(browser);
      case CAPTCHA -> refused(FailureReason.CAPTCHA_REQUIRED);
      case AUTHENTICATOR_CODE -> code(ChallengeKind.AUTHENTICATOR_CODE, browser, page);
      case SMS_CODE -> code(ChallengeKind.SMS_CODE, browser, page);
      case EMAIL_CODE -> code(ChallengeKind.EMAIL_CODE, browser, page);
      case RESTRICTED -> refused(FailureReason.ACCOUNT_LOCKED);
      case REJECTED -> refused(FailureReason.CREDENTIALS_REJECTED);
      case APP_APPROVAL -> confirmation(ChallengeKind.APP_APPROVAL, browser);
      case EMAIL_LINK -> confirmation(ChallengeKind.EMAIL_LINK, browser);
      case INTERSTITIAL ->
          offersLeft == 0
              ? refused(FailureReason.UNKNOWN_CHALLENGE)
              : skip(browser, page).chain(next -> of(browser, next, atLogin, offersLeft - 1));
      case CHOOSER, LOGIN -> atLogin;
      case PASSWORD, WRONG_CODE -> throw new IllegalStateException("is no page of its own");
    };
  }

  /** Whether a stored session led to the feed; for a page that does not say, a failure. */
  Uni<Boolean> isSignedIn(Browser browser, PageView page) {
    return isSignedIn(browser, page, MOST_OFFERS);
  }

  private Uni<Boolean> isSignedIn(Browser browser, PageView page, int offersLeft) {
    if (page.failed() || page.marker().isEmpty() || offersLeft == 0) {
      return Uni.createFrom().failure(() -> new LinkedInUnavailable("the feed did not come"));
    }
    return switch (page.marker().get()) {
      case SIGNED_IN -> cookies.read(browser).map(Optional::isPresent);
      case INTERSTITIAL ->
          skip(browser, page).chain(next -> isSignedIn(browser, next, offersLeft - 1));
      default -> Uni.createFrom().item(false);
    };
  }

  private Uni<PageView> skip(Browser browser, PageView offer) {
    return driver
        .find(browser, PageElement.SKIP_BUTTON)
        .chain(elements -> driver.click(browser, Driver.element(elements, PageElement.SKIP_BUTTON)))
        .chain(() -> driver.awaitAfter(browser, offer, PageOutcome::tells));
  }

  /**
   * The feed was reached; signed in is who also has the session cookie, and a page of their own.
   */
  private Uni<LoginOutcome> signedIn(Browser browser) {
    return cookies
        .read(browser)
        .invoke(
            session -> {
              if (session.isEmpty()) {
                throw new LinkedInUnavailable("the feed came without a session");
              }
            })
        .chain(() -> driver.goTo(browser, PageAddress.ME))
        .chain(() -> driver.await(browser, page -> member(page).isPresent()))
        .chain(
            page -> {
              Member member =
                  member(page)
                      .orElseThrow(() -> new LinkedInUnavailable("LinkedIn did not say who it is"));
              return cookies.read(browser).map(session -> signedIn(member, session));
            });
  }

  private static LoginOutcome signedIn(Member member, Optional<StoredSession> session) {
    return new SignedIn(
        member, session.orElseThrow(() -> new LinkedInUnavailable("the session ended at once")));
  }

  private Optional<Member> member(PageView page) {
    String prefix = driver.pages().memberPath();
    if (!page.path().startsWith(prefix)
        || page.path().equals(driver.pages().path(PageAddress.ME))) {
      return Optional.empty();
    }
    String slug = page.path().substring(prefix.length()).split("/", 2)[0];
    return slug.isBlank()
        ? Optional.empty()
        : Optional.of(new Member(Secret.of(slug.toLowerCase(Locale.ROOT))));
  }

  private static Uni<LoginOutcome> code(ChallengeKind kind, Browser browser, PageView page) {
    return Uni.createFrom()
        .item(new CodeRequired(kind, page.shows(PageMarker.WRONG_CODE), browser.handle()));
  }

  private static Uni<LoginOutcome> confirmation(ChallengeKind kind, Browser browser) {
    return Uni.createFrom().item(new ConfirmationRequired(kind, browser.handle()));
  }

  static Uni<LoginOutcome> refused(FailureReason reason) {
    return Uni.createFrom().item(new Refused(reason));
  }

  static Uni<LoginOutcome> failed(String what) {
    return Uni.createFrom().failure(() -> new LinkedInUnavailable(what));
  }
}
