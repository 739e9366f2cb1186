package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.connector.webdriver.protocol.ErrorCode.Meaning;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverException;
import ai.pathbound.identities.login.session.LoginOutcome;
import io.smallrye.mutiny.Uni;
import java.util.EnumSet;
import java.util.Set;

/** The page of a challenge in which something else is pressed than what answers it. */
final class ChallengePage {
  private static final Set<PageMarker> ASKS_FOR_CONFIRMATION =
      EnumSet.of(PageMarker.APP_APPROVAL, PageMarker.EMAIL_LINK, PageMarker.CONFIRMATION);

  private final Driver driver;
  private final PageOutcome pageOutcome;

  ChallengePage(Driver driver, PageOutcome pageOutcome) {
    this.driver = driver;
    this.pageOutcome = pageOutcome;
  }

  /** Whether it asks for something. */
  static boolean asks(PageView page) {
    return CodeEntry.asksForCode(page)
        || page.marker().filter(ASKS_FOR_CONFIRMATION::contains).isPresent();
  }

  /** Whether a look failed since its page has gone, or is just coming. */
  static boolean movedOn(Throwable failure) {
    return WebDriverException.means(failure, Meaning.PAGE_DIFFERS, Meaning.PAGE_FAILED);
  }

  /** The page, once it says something. */
  Uni<PageView> standing(Browser browser) {
    return driver.awaitPatiently(browser, PageOutcome::tells);
  }

  /** What it asks for after a press: nothing that it says is about a code. */
  Uni<LoginOutcome> afterwards(Browser browser, PageView page) {
    return CodeEntry.asksForCode(page)
        ? pageOutcome.code(page.marker().orElseThrow(), false, browser)
        : outcome(browser, page);
  }

  /** The outcome of whatever stands there. */
  Uni<LoginOutcome> asItIs(Browser browser) {
    return standing(browser).chain(page -> outcome(browser, page));
  }

  /** The outcome of {@code page}, in which nothing was pressed. */
  Uni<LoginOutcome> outcome(Browser browser, PageView page) {
    return pageOutcome.of(browser, page, Ending.sent(PageOutcome.over(browser)));
  }

  /** Waits until the next look. */
  Uni<Void> pause() {
    return Uni.createFrom().voidItem().onItem().delayIt().by(driver.settings().pollInterval());
  }
}
