package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.LoginJournal;
import ai.pathbound.identities.login.connector.webdriver.pages.LoginFields;
import ai.pathbound.identities.login.connector.webdriver.pages.PageAddress;
import ai.pathbound.identities.login.connector.webdriver.pages.PageElement;
import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import ai.pathbound.identities.login.connector.webdriver.protocol.ErrorCode.Meaning;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverException;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Signs in with credentials. They are taken from the journal when the fields to type them into are
 * found. The fields belong to one load of a page of LinkedIn's, so nothing is typed into any other.
 * A password is typed only beside its username, or after it, or where the page shows whose account
 * it is: a field that was not recognised is not a field that is absent.
 */
final class SignIn {
  private final Driver driver;
  private final FormEntry entry;
  private final PageOutcome pageOutcome;

  SignIn(Driver driver, PageOutcome pageOutcome) {
    this.driver = driver;
    this.entry = new FormEntry(driver);
    this.pageOutcome = pageOutcome;
  }

  Uni<LoginOutcome> run(Browser browser, LoginJournal journal) {
    return driver
        .goTo(browser, PageAddress.LOGIN)
        .chain(() -> driver.await(browser, PageOutcome::isConclusive))
        .chain(page -> leaveChooser(browser, page))
        .chain(
            page -> {
              if (!page.onOrigin()) {
                return PageOutcome.failed("the way to LinkedIn's login led elsewhere");
              }
              if (!asks(page)) {
                return pageOutcome.of(
                    browser, page, Ending.unsent(PageOutcome.failed("no login page came")));
              }
              return driver.awaitLogin(browser).chain(fields -> use(browser, fields, journal));
            });
  }

  /** Whether it is a login. One that was asked nothing yet refuses nothing, whatever is marked. */
  private static boolean asks(PageView page) {
    boolean other =
        PageOutcome.tells(page) && page.marker().filter(PageMarker.REJECTED::equals).isEmpty();
    return page.shows(PageMarker.LOGIN) && !page.failed() && !other;
  }

  private Uni<PageView> leaveChooser(Browser browser, PageView page) {
    if (page.marker().filter(PageMarker.CHOOSER::equals).isEmpty()) {
      return Uni.createFrom().item(page);
    }
    return driver
        .find(browser, PageElement.OTHER_ACCOUNT_BUTTON)
        .chain(
            elements ->
                driver.click(browser, Driver.element(elements, PageElement.OTHER_ACCOUNT_BUTTON)))
        .chain(
            () ->
                driver.awaitAfter(
                    browser,
                    page,
                    p -> p.marker().filter(s -> s != PageMarker.CHOOSER).isPresent()));
  }

  private Uni<LoginOutcome> use(Browser browser, LoginFields fields, LoginJournal journal) {
    if (!fields.safe()) {
      return elsewhere();
    }
    if (fields.username().isEmpty() && fields.password().isEmpty()) {
      return PageOutcome.failed("LinkedIn's login has no field to type into");
    }
    if (!isKnownWhose(fields)) {
      return pageOutcome.unknown(browser);
    }
    return journal
        .takePassword()
        .chain(
            credentials ->
                fields.isAnothers(credentials.username())
                    ? PageOutcome.failed("LinkedIn's login wants another account's password")
                    : typed(browser, fields.password().isPresent(), credentials))
        .onFailure(failure -> WebDriverException.means(failure, Meaning.BROWSER_LOST))
        .recoverWithUni(() -> PageOutcome.refused(FailureReason.INTERRUPTED));
  }

  /** Whether the username is typed here too, or the page shows whose password it wants. */
  private static boolean isKnownWhose(LoginFields fields) {
    return fields.username().isPresent() || !fields.strange() && fields.account();
  }

  private Uni<LoginOutcome> typed(Browser browser, boolean both, Credentials.Password credentials) {
    if (!Typist.canType(credentials.username()) || !Typist.canType(credentials.password())) {
      // No such username or password can have been chosen in a browser's form.
      return PageOutcome.refused(FailureReason.CREDENTIALS_REJECTED);
    }
    if (both) {
      return sendPassword(browser, false, credentials);
    }
    // LinkedIn asks for the password in a second step.
    return entry
        .send(browser, () -> driver.awaitLogin(browser).map(f -> nameForm(f, credentials)))
        .chain(
            before ->
                driver
                    .awaitAfter(
                        browser,
                        before,
                        next -> next.shows(PageMarker.PASSWORD) || PageOutcome.tells(next))
                    .chain(
                        next ->
                            next.shows(PageMarker.PASSWORD)
                                    && !PageOutcome.tells(next)
                                    && !next.failed()
                                ? sendPassword(browser, true, credentials)
                                : outcome(browser, before, next)));
  }

  private Uni<LoginOutcome> sendPassword(
      Browser browser, boolean named, Credentials.Password credentials) {
    return entry
        .send(
            browser,
            () -> driver.awaitLogin(browser).map(fields -> form(fields, named, credentials)))
        .chain(
            before ->
                driver
                    .awaitAfter(browser, before, PageOutcome::tells)
                    .chain(next -> outcome(browser, before, next)));
  }

  private static FormEntry.Form nameForm(LoginFields fields, Credentials.Password credentials) {
    if (!fields.safe()) {
      throw new LinkedInUnavailableException("LinkedIn's login would send to another origin");
    }
    Element username =
        fields
            .username()
            .orElseThrow(
                () -> new LinkedInUnavailableException("the field for the username went away"));
    return new FormEntry.Form(
        List.of(username),
        List.of(credentials.username()),
        fields.button(),
        Optional.empty(),
        false);
  }

  /**
   * @param named whether the username was sent before, in a first step
   */
  private static FormEntry.Form form(
      LoginFields fields, boolean named, Credentials.Password credentials) {
    if (!fields.safe()) {
      throw new LinkedInUnavailableException("LinkedIn's login would send to another origin");
    }
    Element password =
        fields
            .password()
            .orElseThrow(
                () -> new LinkedInUnavailableException("the field for the password went away"));
    if (!named && !isKnownWhose(fields)) {
      throw new LinkedInUnavailableException("the field for the username went away");
    }
    List<Element> elements = new ArrayList<>();
    List<Secret> texts = new ArrayList<>();
    fields
        .username()
        .ifPresent(
            username -> {
              elements.add(username);
              texts.add(credentials.username());
            });
    elements.add(password);
    texts.add(credentials.password());
    return new FormEntry.Form(
        elements, texts, fields.button(), Optional.of(credentials.password()), false);
  }

  private static Uni<LoginOutcome> elsewhere() {
    return PageOutcome.failed("LinkedIn's login would send to another origin");
  }

  /** A login that tells more than before the press has refused, in whatever words. */
  private Uni<LoginOutcome> outcome(Browser browser, PageView before, PageView page) {
    if (page.shows(PageMarker.REJECTED) && page.isLike(before)) {
      return PageOutcome.failed("LinkedIn's login did not react");
    }
    Uni<LoginOutcome> atLogin =
        page.tellsMoreThan(before)
            ? PageOutcome.refused(FailureReason.CREDENTIALS_REJECTED)
            : PageOutcome.failed("LinkedIn asked to sign in once more, and said not why");
    return pageOutcome.of(browser, page, Ending.sent(atLogin));
  }
}
