package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.pages.PageAddress;
import ai.pathbound.identities.login.connector.webdriver.pages.PageElement;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import io.smallrye.mutiny.Uni;

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
        .isSignedOut(browser)
        .chain(
            out ->
                out
                    ? Uni.createFrom().item(true)
                    : driver
                        .goTo(browser, PageAddress.SIGN_OUT)
                        .chain(() -> driver.await(browser, PageOutcome::isConclusive))
                        .chain(page -> confirm(browser, page))
                        .chain(() -> membership.isSignedOut(browser)));
  }

  /** Some addresses ask first. */
  private Uni<Void> confirm(Browser browser, PageView page) {
    if (page.failed() || !page.onOrigin() || PageOutcome.asksToSignIn(page)) {
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
