package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.LoginJournal;
import ai.pathbound.identities.login.connector.webdriver.pages.PageAddress;
import ai.pathbound.identities.login.connector.webdriver.pages.PageElement;
import ai.pathbound.identities.login.connector.webdriver.pages.PageElements;
import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.connector.webdriver.protocol.ErrorCode.Meaning;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverFailure;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import io.smallrye.mutiny.Uni;

/**
 * Signs in with credentials. They are taken from the journal when the fields to type them into are
 * found. The fields belong to one load of a page of LinkedIn's, so nothing is typed into any other.
 */
final class SignIn {
  private static final PageElement[] FORM = {
    PageElement.PASSWORD_FIELD, PageElement.USERNAME_FIELD, PageElement.SIGN_IN_BUTTON
  };

  private final Driver driver;
  private final Typist typist;
  private final PageOutcome pageOutcome;

  SignIn(Driver driver, PageOutcome pageOutcome) {
    this.driver = driver;
    this.typist = new Typist(driver.client());
    this.pageOutcome = pageOutcome;
  }

  Uni<LoginOutcome> run(Browser browser, LoginJournal journal) {
    return driver
        .goTo(browser, PageAddress.LOGIN)
        .chain(() -> driver.await(browser, page -> page.marker().isPresent()))
        .chain(page -> leaveChooser(browser, page))
        .chain(
            page -> {
              if (!page.onOrigin()) {
                return PageOutcome.failed("the way to LinkedIn's login led elsewhere");
              }
              if (!page.shows(PageMarker.LOGIN) || page.failed() || PageOutcome.tells(page)) {
                return pageOutcome.of(browser, page, PageOutcome.failed("no login page came"));
              }
              return driver
                  .find(browser, FORM)
                  .chain(elements -> use(browser, page, elements, journal));
            });
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

  private Uni<LoginOutcome> use(
      Browser browser, PageView page, PageElements form, LoginJournal journal) {
    if (!form.safe()) {
      return PageOutcome.failed("LinkedIn's login would send to another origin");
    }
    if (form.find(PageElement.USERNAME_FIELD).isEmpty()
        && form.find(PageElement.PASSWORD_FIELD).isEmpty()) {
      return PageOutcome.failed("LinkedIn's login has no field to type into");
    }
    return journal
        .takeCredentials()
        .chain(credentials -> typed(browser, page, form, credentials))
        .onFailure(failure -> WebDriverFailure.means(failure, Meaning.BROWSER_LOST))
        .recoverWithUni(() -> PageOutcome.refused(FailureReason.INTERRUPTED));
  }

  private Uni<LoginOutcome> typed(
      Browser browser, PageView page, PageElements form, Credentials credentials) {
    if (!Typist.canType(credentials.username()) || !Typist.canType(credentials.password())) {
      // No such username or password can have been chosen in a browser's form.
      return PageOutcome.refused(FailureReason.CREDENTIALS_REJECTED);
    }
    return typeUsername(browser, page, form, credentials)
        .chain(
            next ->
                PageOutcome.tells(next) || next.failed()
                    ? outcome(browser, next)
                    : typePassword(browser, next, credentials));
  }

  /** Types the username; where LinkedIn asks for the password in a second step, goes there. */
  private Uni<PageView> typeUsername(
      Browser browser, PageView page, PageElements form, Credentials credentials) {
    if (form.find(PageElement.USERNAME_FIELD).isEmpty()) {
      return Uni.createFrom().item(page);
    }
    Uni<Void> typed =
        typist.type(
            browser, Driver.element(form, PageElement.USERNAME_FIELD), credentials.username());
    if (form.find(PageElement.PASSWORD_FIELD).isPresent()) {
      return typed.replaceWith(page);
    }
    return typed
        .chain(
            () ->
                driver.send(browser, form, PageElement.SIGN_IN_BUTTON, PageElement.USERNAME_FIELD))
        .chain(
            () ->
                driver.awaitAfter(
                    browser,
                    page,
                    next -> next.shows(PageMarker.PASSWORD) || PageOutcome.tells(next)));
  }

  private Uni<LoginOutcome> typePassword(Browser browser, PageView page, Credentials credentials) {
    return driver
        .find(browser, FORM)
        .chain(
            form -> {
              if (!form.safe()) {
                return PageOutcome.failed("LinkedIn's login would send to another origin");
              }
              return typist
                  .type(
                      browser,
                      Driver.element(form, PageElement.PASSWORD_FIELD),
                      credentials.password())
                  .chain(
                      () ->
                          driver.send(
                              browser,
                              form,
                              PageElement.SIGN_IN_BUTTON,
                              PageElement.PASSWORD_FIELD))
                  .chain(() -> driver.awaitAfter(browser, page, PageOutcome::tells))
                  .chain(next -> outcome(browser, next));
            });
  }

  private Uni<LoginOutcome> outcome(Browser browser, PageView page) {
    return pageOutcome.of(
        browser, page, PageOutcome.failed("LinkedIn asked to sign in once more, and said not why"));
  }
}
