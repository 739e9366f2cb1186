package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.LoginJournal;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.connector.webdriver.pages.Part;
import ai.pathbound.identities.login.connector.webdriver.pages.Parts;
import ai.pathbound.identities.login.connector.webdriver.pages.Sign;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import java.util.EnumSet;
import java.util.Set;

/** Answers a challenge with a code, taken and erased as the credentials are. */
final class CodeEntry {
  private static final Set<Sign> ASKS_FOR_CODE =
      EnumSet.of(Sign.AUTHENTICATOR_CODE, Sign.SMS_CODE, Sign.EMAIL_CODE);

  private final Driver driver;
  private final Typist typist;
  private final Landing landing;

  CodeEntry(Driver driver, Landing landing) {
    this.driver = driver;
    this.typist = new Typist(driver.client());
    this.landing = landing;
  }

  Uni<LoginOutcome> run(Browser browser, LoginJournal journal) {
    return driver
        .await(browser, Landing::tells)
        .chain(
            page ->
                page.sign().filter(ASKS_FOR_CODE::contains).isPresent()
                    ? driver
                        .find(browser, Part.CODE_FIELD, Part.CODE_BUTTON)
                        .chain(form -> use(browser, page, form, journal))
                    : landing.outcome(browser, page, Landing.refused(FailureReason.INTERRUPTED)));
  }

  private Uni<LoginOutcome> use(Browser browser, PageView page, Parts form, LoginJournal journal) {
    if (!form.safe()) {
      return Landing.failed("LinkedIn's challenge would send to another origin");
    }
    Driver.element(form, Part.CODE_FIELD);
    return journal
        .takeCode()
        .chain(code -> typed(browser, page, form, code).onTermination().invoke(code::erase));
  }

  private Uni<LoginOutcome> typed(Browser browser, PageView page, Parts form, Secret code) {
    return typist
        .type(browser, Driver.element(form, Part.CODE_FIELD), code)
        .invoke(code::erase)
        .chain(() -> driver.send(browser, form, Part.CODE_BUTTON, Part.CODE_FIELD))
        .chain(() -> driver.awaitAfter(browser, page, Landing::tells))
        .chain(
            next ->
                next.isLike(page) && !next.shows(Sign.WRONG_CODE)
                    ? Landing.failed("LinkedIn did not react to the code")
                    : landing.outcome(
                        browser,
                        next,
                        Landing.failed("LinkedIn asked to sign in again after the code")));
  }
}
