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
        .awaitPatiently(browser, PageOutcome::tells)
        .chain(
            page ->
                asksForCode(page)
                    ? find(browser).chain(form -> use(browser, page, form, journal))
                    : pageOutcome.of(browser, page, Ending.sent(PageOutcome.over(browser))));
  }

  private Uni<PageElements> find(Browser browser) {
    return driver.find(browser, PageElement.CODE_FIELD, PageElement.CODE_BUTTON);
  }

  static boolean asksForCode(PageView page) {
    return page.marker().filter(ASKS_FOR_CODE::contains).isPresent();
  }

  private Uni<LoginOutcome> use(
      Browser browser, PageView page, PageElements form, LoginJournal journal) {
    if (!form.safe()) {
      return PageOutcome.failed("LinkedIn's challenge would send to another origin");
    }
    Driver.element(form, PageElement.CODE_FIELD);
    return journal
        .takeCode()
        .chain(
            code ->
                form.boxes().isEmpty() || form.boxes().size() == characters(code).size()
                    ? typed(browser, page, code)
                    : wrong(browser, page));
  }

  private Uni<LoginOutcome> typed(Browser browser, PageView page, Secret code) {
    return entry
        .offer(browser, () -> form(browser, page, code))
        .chain(
            sent ->
                sent
                    ? driver
                        .awaitAnswer(browser, page, next -> answers(page, next))
                        .chain(next -> answered(browser, page, next))
                    : notTaken(browser, page));
  }

  /** The form while its page still asks for a code; a page that comes after it asks for another. */
  private Uni<Optional<FormEntry.Form>> form(Browser browser, PageView page, Secret code) {
    return driver
        .look(browser)
        .chain(
            now ->
                now.isSameLoad(page) && asksForCode(now)
                    ? find(browser).map(form -> form(form, code))
                    : Uni.createFrom().item(Optional.empty()));
  }

  private static Optional<FormEntry.Form> form(PageElements form, Secret code) {
    if (!form.safe()) {
      throw new LinkedInUnavailableException("LinkedIn's challenge would send to another origin");
    }
    return form.find(PageElement.CODE_FIELD)
        .map(
            field ->
                new FormEntry.Form(
                    form.boxes().isEmpty() ? List.of(field) : form.boxes(),
                    form.boxes().isEmpty() ? List.of(code) : characters(code),
                    form.find(PageElement.CODE_BUTTON),
                    Optional.of(code),
                    true));
  }

  private static List<Secret> characters(Secret code) {
    return code.reveal()
        .codePoints()
        .mapToObj(character -> Secret.of(Character.toString(character)))
        .toList();
  }

  /** A code that its page does not take, or does not send, is a mistyped one. */
  private Uni<LoginOutcome> notTaken(Browser browser, PageView page) {
    return driver
        .look(browser)
        .chain(
            now ->
                asksForCode(now)
                    ? wrong(browser, page)
                    : pageOutcome.of(browser, now, Ending.sent(PageOutcome.over(browser))));
  }

  private Uni<LoginOutcome> wrong(Browser browser, PageView page) {
    return pageOutcome.code(page.marker().orElseThrow(), true, browser);
  }

  /** An alert must stay to be an answer: it may be a word of patience. */
  private static boolean answers(PageView page, PageView next) {
    return PageOutcome.tells(next)
        && !(next.asksTheSame(page) && !next.shows(PageMarker.WRONG_CODE));
  }

  private Uni<LoginOutcome> answered(Browser browser, PageView page, PageView next) {
    if (next.isUnansweredAfter(page)
        && next.saysTheSame(page)
        && !next.shows(PageMarker.WRONG_CODE)) {
      return PageOutcome.failed("LinkedIn did not react to the code");
    }
    Optional<PageMarker> asked = next.marker();
    // In the same load another kind is what the page says of the code that was wrong.
    boolean again =
        asksForCode(next)
            && (next.isSameLoad(page)
                || asked.equals(page.marker())
                || asked.get() == PageMarker.CODE);
    return again
        ? wrong(browser, page)
        : pageOutcome.of(browser, next, Ending.sent(PageOutcome.over(browser)));
  }
}
