package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.LoginJournal;
import ai.pathbound.identities.login.connector.webdriver.pages.PageElement;
import ai.pathbound.identities.login.connector.webdriver.pages.PageElements;
import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Answers a challenge with a code, taken and erased as the credentials are. Where the next page
 * asks for a code of the same kind, or for one without a word of which, the last one was wrong,
 * whatever the page says.
 */
final class CodeEntry {
  private static final Set<PageMarker> ASKS_FOR_CODE =
      EnumSet.of(
          PageMarker.AUTHENTICATOR_CODE,
          PageMarker.SMS_CODE,
          PageMarker.EMAIL_CODE,
          PageMarker.CODE);

  private final Driver driver;
  private final FormEntry entry;
  private final PageOutcome pageOutcome;

  CodeEntry(Driver driver, PageOutcome pageOutcome) {
    this.driver = driver;
    this.entry = new FormEntry(driver);
    this.pageOutcome = pageOutcome;
  }

  Uni<LoginOutcome> run(Browser browser, LoginJournal journal) {
    return driver
        .await(browser, PageOutcome::tells)
        .chain(
            page ->
                asksForCode(page)
                    ? find(browser).chain(form -> use(browser, page, form, journal))
                    : pageOutcome.of(browser, page, Ending.sent(PageOutcome.over(browser))));
  }

  private Uni<PageElements> find(Browser browser) {
    return driver.find(browser, PageElement.CODE_FIELD, PageElement.CODE_BUTTON);
  }

  private static boolean asksForCode(PageView page) {
    return page.marker().filter(ASKS_FOR_CODE::contains).isPresent();
  }

  private Uni<LoginOutcome> use(
      Browser browser, PageView page, PageElements form, LoginJournal journal) {
    if (!form.safe()) {
      return PageOutcome.failed("LinkedIn's challenge would send to another origin");
    }
    Driver.element(form, PageElement.CODE_FIELD);
    return journal.takeCode().chain(code -> typed(browser, page, code));
  }

  private Uni<LoginOutcome> typed(Browser browser, PageView page, Secret code) {
    return entry
        .send(browser, () -> find(browser).map(form -> form(form, code)))
        .chain(() -> driver.awaitAnswer(browser, page, next -> answers(page, next)))
        .chain(next -> answered(browser, page, next));
  }

  private static FormEntry.Form form(PageElements form, Secret code) {
    if (!form.safe()) {
      throw new LinkedInUnavailableException("LinkedIn's challenge would send to another origin");
    }
    return new FormEntry.Form(
        List.of(Driver.element(form, PageElement.CODE_FIELD)),
        List.of(code),
        form.find(PageElement.CODE_BUTTON),
        true);
  }

  /** Another text of the same page may be a word of patience: it must stay to be an answer. */
  private static boolean answers(PageView page, PageView next) {
    return PageOutcome.tells(next) && !(next.isLike(page) && !next.shows(PageMarker.WRONG_CODE));
  }

  private Uni<LoginOutcome> answered(Browser browser, PageView page, PageView next) {
    // A field that was emptied is an answer too.
    if (next.saysTheSame(page) && next.filled() && !next.shows(PageMarker.WRONG_CODE)) {
      return PageOutcome.failed("LinkedIn did not react to the code");
    }
    Optional<PageMarker> asked = next.marker();
    boolean again =
        asksForCode(next) && (asked.equals(page.marker()) || asked.get() == PageMarker.CODE);
    return again
        ? PageOutcome.code(page.marker().get(), true, browser)
        : pageOutcome.of(browser, next, Ending.sent(PageOutcome.over(browser)));
  }
}
