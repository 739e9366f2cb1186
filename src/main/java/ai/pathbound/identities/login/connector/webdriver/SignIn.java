package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.Credentials;
import ai.pathbound.identities.login.connector.LoginJournal;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.connector.webdriver.pages.Part;
import ai.pathbound.identities.login.connector.webdriver.pages.Parts;
import ai.pathbound.identities.login.connector.webdriver.pages.Place;
import ai.pathbound.identities.login.connector.webdriver.pages.Sign;
import ai.pathbound.identities.login.connector.webdriver.protocol.ErrorCode.Meaning;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverFailure;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import io.smallrye.mutiny.Uni;

/**
 * Signs in with credentials. They are taken from the journal when the fields to type them into are
 * found, and erased as soon as they are typed. The fields belong to one load of a page of
 * LinkedIn's, so nothing is typed into any other.
 */
final class SignIn {
  private static final Part[] FORM = {
    Part.PASSWORD_FIELD, Part.USERNAME_FIELD, Part.SIGN_IN_BUTTON
  };

  private final Driver driver;
  private final Typist typist;
  private final Landing landing;

  SignIn(Driver driver, Landing landing) {
    this.driver = driver;
    this.typist = new Typist(driver.client());
    this.landing = landing;
  }

  Uni<LoginOutcome> run(Browser browser, LoginJournal journal) {
    return driver
        .goTo(browser, Place.LOGIN)
        .chain(() -> driver.await(browser, page -> page.sign().isPresent()))
        .chain(page -> leaveChooser(browser, page))
        .chain(
            page -> {
              if (!page.onOrigin()) {
                return Landing.failed("the way to LinkedIn's login led elsewhere");
              }
              if (!page.shows(Sign.LOGIN) || page.failed() || Landing.tells(page)) {
                return landing.outcome(browser, page, Landing.failed("no login page came"));
              }
              return driver.find(browser, FORM).chain(parts -> use(browser, page, parts, journal));
            });
  }

  private Uni<PageView> leaveChooser(Browser browser, PageView page) {
    if (page.sign().filter(Sign.CHOOSER::equals).isEmpty()) {
      return Uni.createFrom().item(page);
    }
    return driver
        .find(browser, Part.OTHER_ACCOUNT_BUTTON)
        .chain(parts -> driver.click(browser, Driver.element(parts, Part.OTHER_ACCOUNT_BUTTON)))
        .chain(
            () ->
                driver.awaitAfter(
                    browser, page, p -> p.sign().filter(s -> s != Sign.CHOOSER).isPresent()));
  }

  private Uni<LoginOutcome> use(Browser browser, PageView page, Parts form, LoginJournal journal) {
    if (!form.safe()) {
      return Landing.failed("LinkedIn's login would send to another origin");
    }
    if (form.find(Part.USERNAME_FIELD).isEmpty() && form.find(Part.PASSWORD_FIELD).isEmpty()) {
      return Landing.failed("LinkedIn's login has no field to type into");
    }
    return journal
        .takeCredentials()
        .chain(
            credentials ->
                typed(browser, page, form, credentials).onTermination().invoke(credentials::erase))
        .onFailure(failure -> WebDriverFailure.means(failure, Meaning.BROWSER_LOST))
        .recoverWithUni(() -> Landing.refused(FailureReason.INTERRUPTED));
  }

  private Uni<LoginOutcome> typed(
      Browser browser, PageView page, Parts form, Credentials credentials) {
    if (!Typist.canType(credentials.username()) || !Typist.canType(credentials.password())) {
      // No such username or password can have been chosen in a browser's form.
      return Landing.refused(FailureReason.CREDENTIALS_REJECTED);
    }
    return typeUsername(browser, page, form, credentials)
        .chain(
            next ->
                Landing.tells(next) || next.failed()
                    ? outcome(browser, next)
                    : typePassword(browser, next, credentials));
  }

  /** Types the username; where LinkedIn asks for the password in a second step, goes there. */
  private Uni<PageView> typeUsername(
      Browser browser, PageView page, Parts form, Credentials credentials) {
    if (form.find(Part.USERNAME_FIELD).isEmpty()) {
      return Uni.createFrom().item(page);
    }
    Uni<Void> typed =
        typist.type(browser, Driver.element(form, Part.USERNAME_FIELD), credentials.username());
    if (form.find(Part.PASSWORD_FIELD).isPresent()) {
      return typed.replaceWith(page);
    }
    return typed
        .chain(() -> driver.send(browser, form, Part.SIGN_IN_BUTTON, Part.USERNAME_FIELD))
        .chain(
            () ->
                driver.awaitAfter(
                    browser, page, next -> next.shows(Sign.PASSWORD) || Landing.tells(next)));
  }

  private Uni<LoginOutcome> typePassword(Browser browser, PageView page, Credentials credentials) {
    return driver
        .find(browser, FORM)
        .chain(
            form -> {
              if (!form.safe()) {
                return Landing.failed("LinkedIn's login would send to another origin");
              }
              return typist
                  .type(browser, Driver.element(form, Part.PASSWORD_FIELD), credentials.password())
                  .invoke(credentials::erase)
                  .chain(() -> driver.send(browser, form, Part.SIGN_IN_BUTTON, Part.PASSWORD_FIELD))
                  .chain(() -> driver.awaitAfter(browser, page, Landing::tells))
                  .chain(next -> outcome(browser, next));
            });
  }

  private Uni<LoginOutcome> outcome(Browser browser, PageView page) {
    return landing.outcome(
        browser, page, Landing.failed("LinkedIn asked to sign in once more, and said not why"));
  }
}
