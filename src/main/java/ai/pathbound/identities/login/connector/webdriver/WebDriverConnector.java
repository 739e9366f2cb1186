package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.concurrency.Bulkhead;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.LoginJournal;
import ai.pathbound.identities.login.connector.LoginStart;
import ai.pathbound.identities.login.connector.OpenBrowser;
import ai.pathbound.identities.login.connector.webdriver.pages.PageAddress;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.connector.webdriver.pages.PagesFile;
import ai.pathbound.identities.login.connector.webdriver.protocol.ErrorCode.Meaning;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverClient;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverFailure;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverTransport;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Country;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.StoredSession;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Signs in with a real browser over W3C WebDriver. A browser that is lost after the credentials
 * were typed ends its login as {@code interrupted}, since nobody knows what came of them; a farm or
 * a LinkedIn that cannot be reached, before or after, as {@code linkedin_unavailable}.
 */
@Singleton
@Identifier("webdriver")
public class WebDriverConnector implements LinkedInConnector, AutoCloseable {
  // Closing a browser does not wait its turn behind the ones that are driven.
  private static final int SPARE_CONNECTIONS = 4;

  private final EgressRoutes routes;
  private final WebDriverTransport transport;
  private final Farm farm;
  private final Bulkhead browsers;
  private final Driver driver;
  private final SessionCookies cookies;
  private final PageOutcome pageOutcome;
  private final SignIn signIn;
  private final CodeEntry codeEntry;

  /**
   * Checks the settings and reads the pages file; opens nothing yet.
   *
   * @throws IllegalArgumentException with one sentence, where a setting or the file is wrong
   */
  public WebDriverConnector(WebDriverSettings settings, Vertx vertx) {
    SettingsCheck.check(settings);
    this.routes = new EgressRoutes(settings);
    this.transport = new WebDriverTransport(vertx, settings.maxBrowsers() + SPARE_CONNECTIONS);
    WebDriverClient client = new WebDriverClient(transport, settings.commandTimeout());
    this.farm = new Farm(client, routes, settings.openTimeout());
    this.browsers = new Bulkhead(settings.maxBrowsers());
    this.driver = new Driver(client, PagesFile.read(settings.pages()), settings);
    this.cookies = new SessionCookies(driver);
    this.pageOutcome = new PageOutcome(driver, cookies);
    this.signIn = new SignIn(driver, pageOutcome);
    this.codeEntry = new CodeEntry(driver, pageOutcome);
  }

  @Override
  public boolean reaches(Country country) {
    return routes.reaches(country);
  }

  @Override
  public Uni<LoginOutcome> begin(LoginStart start, LoginJournal journal) {
    return browsers.run(
        () ->
            farm.open(start.country(), start.login().toString())
                .call(browser -> journaled(browser, journal))
                .chain(
                    browser ->
                        start
                            .session()
                            .map(session -> resume(browser, session))
                            .orElseGet(() -> signIn.run(browser, journal))));
  }

  /** A browser that nobody wrote down is nobody's to close but ours. */
  private Uni<Void> journaled(Browser browser, LoginJournal journal) {
    return journal
        .browserAt(browser.handle())
        .onFailure()
        .call(() -> farm.closeQuietly(browser))
        .onCancellation()
        .call(() -> farm.closeQuietly(browser));
  }

  private Uni<LoginOutcome> resume(Browser browser, StoredSession session) {
    return cookies
        .set(browser, session)
        .chain(() -> driver.goTo(browser, PageAddress.FEED))
        .chain(() -> driver.await(browser, WebDriverConnector::isConclusive))
        .chain(
            page ->
                pageOutcome.of(browser, page, PageOutcome.refused(FailureReason.SESSION_EXPIRED)));
  }

  @Override
  public Uni<LoginOutcome> answer(BrowserHandle handle, LoginJournal journal) {
    return browsers.run(() -> interruptedIfLost(codeEntry.run(Browser.of(handle), journal)));
  }

  @Override
  public Uni<LoginOutcome> look(BrowserHandle handle) {
    return browsers.run(
        () -> {
          Browser browser = Browser.of(handle);
          return interruptedIfLost(
              driver
                  .await(browser, WebDriverConnector::isConclusive)
                  .chain(page -> lookedAt(browser, page)));
        });
  }

  private Uni<LoginOutcome> lookedAt(Browser browser, PageView page) {
    Uni<LoginOutcome> interrupted = PageOutcome.refused(FailureReason.INTERRUPTED);
    if (!page.web() && !page.failed()) {
      // Not even opened: the empty page of a new browser.
      return interrupted;
    }
    if (PageOutcome.tells(page) || page.failed()) {
      return pageOutcome.of(browser, page, interrupted);
    }
    // Between the feed and what it was to be asked next, the feed tells more than this page.
    return cookies
        .read(browser)
        .chain(
            session ->
                session.isPresent() && page.onOrigin()
                    ? driver
                        .goTo(browser, PageAddress.FEED)
                        .chain(() -> driver.await(browser, WebDriverConnector::isConclusive))
                        .chain(feed -> pageOutcome.of(browser, feed, interrupted))
                    : pageOutcome.of(browser, page, interrupted));
  }

  @Override
  public Uni<Boolean> check(ProfileId profile, StoredSession session, Country country) {
    return browsers.run(
        () ->
            farm.open(country, profile.toString())
                .chain(
                    browser ->
                        honours(browser, session)
                            .onTermination()
                            .call(() -> farm.closeQuietly(browser))));
  }

  private Uni<Boolean> honours(Browser browser, StoredSession session) {
    return cookies
        .set(browser, session)
        .chain(() -> driver.goTo(browser, PageAddress.FEED))
        .chain(() -> driver.await(browser, WebDriverConnector::isConclusive))
        .chain(page -> pageOutcome.isSignedIn(browser, page));
  }

  @Override
  public Uni<Void> abandon(BrowserHandle handle) {
    return farm.close(Browser.of(handle));
  }

  @Override
  public Uni<List<OpenBrowser>> openBrowsers() {
    return farm.openBrowsers();
  }

  private static boolean isConclusive(PageView page) {
    return page.marker().isPresent();
  }

  private static Uni<LoginOutcome> interruptedIfLost(Uni<LoginOutcome> step) {
    return step.onFailure(failure -> WebDriverFailure.means(failure, Meaning.BROWSER_LOST))
        .recoverWithUni(() -> PageOutcome.refused(FailureReason.INTERRUPTED));
  }

  @Override
  @PreDestroy
  public void close() {
    transport.close();
  }
}
