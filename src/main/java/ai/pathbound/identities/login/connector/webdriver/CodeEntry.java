package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.LoginJournal;
import ai.pathbound.identities.login.connector.webdriver.pages.PageElement;
import ai.pathbound.identities.login.connector.webdriver.pages.PageElements;
import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import java.util.EnumSet;
import java.util.Set;

/** Answers a challenge with a code, taken and erased as the credentials are. */
final class CodeEntry {
  private static final Set<PageMarker> ASKS_FOR_CODE =
      EnumSet.of(PageMarker.AUTHENTICATOR_CODE, PageMarker.SMS_CODE, PageMarker.EMAIL_CODE);

  private final Driver driver;
  private final Typist typist;
  private final PageOutcome pageOutcome;

  CodeEntry(Driver driver, PageOutcome pageOutcome) {
    this.driver = driver;
    this.typist = new Typist(driver.client());
    this.pageOutcome = pageOutcome;
  }

  Uni<LoginOutcome> run(Browser browser, LoginJournal journal) {
    return driver
        .await(browser, PageOutcome::tells)
        .chain(
            page ->
                page.marker().filter(ASKS_FOR_CODE::contains).isPresent()
                    ? driver
                        .find(browser, PageElement.CODE_FIELD, PageElement.CODE_BUTTON)
                        .chain(form -> use(browser, page, form, journal))
                    : pageOutcome.of(
                        browser, page, PageOutcome.refused(FailureReason.INTERRUPTED)));
  }

  private Uni<LoginOutcome> use(
      Browser browser, PageView page, PageElements form, LoginJournal journal) {
    if (!form.safe()) {
      return PageOutcome.failed("LinkedIn's challenge would send to another origin");
    }
    Driver.element(form, PageElement.CODE_FIELD);
    return journal.takeCode().chain(code -> typed(browser, page, form, code));
  }

  private Uni<LoginOutcome> typed(Browser browser, PageView page, PageElements form, Secret code) {
    return typist
        .type(browser, Driver.element(form, PageElement.CODE_FIELD), code)
        .chain(() -> driver.send(browser, form, PageElement.CODE_BUTTON, PageElement.CODE_FIELD))
        .chain(() -> driver.awaitAfter(browser, page, PageOutcome::tells))
        .chain(
            next ->
                next.isLike(page) && !next.shows(PageMarker.WRONG_CODE)
                    ? PageOutcome.failed("LinkedIn did not react to the code")
                    : pageOutcome.of(
                        browser,
                        next,
                        PageOutcome.failed("LinkedIn asked to sign in again after the code")));
  }
}
