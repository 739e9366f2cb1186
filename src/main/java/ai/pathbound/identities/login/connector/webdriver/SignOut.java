package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.pages.PageAddress;
import ai.pathbound.identities.login.connector.webdriver.pages.PageElement;
import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Signs out at LinkedIn by its own sign-out, and looks whether that worked. */
final class SignOut {
  private final Driver driver;
  private final Membership membership;

  SignOut(Driver driver, Membership membership) {
    this.driver = driver;
    this.membership = membership;
  }

  /** Signs out; whether LinkedIn shows that no member is signed in any more. */
  Uni<Boolean> run(Browser browser) {
    return membership
        .openFeed(browser)
        .chain(
            feed ->
                isSignedOut(feed)
                    ? Uni.createFrom().item(true)
                    : driver
                        .goTo(browser, PageAddress.SIGN_OUT)
                        .chain(() -> driver.await(browser, PageOutcome::isConclusive))
                        .chain(page -> confirm(browser, page))
                        .chain(() -> membership.openFeed(browser))
                        .map(SignOut::isSignedOut));
  }

  private static boolean isSignedOut(Optional<PageView> feed) {
    return feed.isEmpty() || PageOutcome.asksToSignIn(feed.get());
  }

  /** Some addresses ask first. */
  private Uni<Void> confirm(Browser browser, PageView page) {
    if (page.failed() || !page.onOrigin() || page.marker().equals(Optional.of(PageMarker.LOGIN))) {
      return Uni.createFrom().voidItem();
    }
    return driver
        .find(browser, PageElement.SIGN_OUT_BUTTON)
        .chain(
            found ->
                found
                    .find(PageElement.SIGN_OUT_BUTTON)
                    .map(
                        button ->
                            driver
                                .click(browser, button)
                                .chain(() -> driver.awaitAfter(browser, page, next -> true))
                                .replaceWithVoid())
                    .orElseGet(Uni.createFrom()::voidItem));
  }
}
