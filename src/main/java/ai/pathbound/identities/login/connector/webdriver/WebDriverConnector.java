package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.concurrency.Bulkhead;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.LoginJournal;
import ai.pathbound.identities.login.connector.LoginStart;
import ai.pathbound.identities.login.connector.OpenBrowser;
import ai.pathbound.identities.login.connector.SessionJournal;
import ai.pathbound.identities.login.connector.SessionUse;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.connector.webdriver.pages.PagesFile;
import ai.pathbound.identities.login.connector.webdriver.protocol.ErrorCode.Meaning;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverClient;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverException;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverTransport;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeKind;
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
import java.util.Optional;
import java.util.function.Function;

/**
 * Signs in with a real browser over W3C WebDriver. A browser that is lost after the credentials
 * were typed ends its login as {@code interrupted}, since it is not known what came of them; a farm
 * or a LinkedIn that cannot be reached, before or after, as {@code linkedin_unavailable}.
 */
@Singleton
@Identifier("webdriver")
public class WebDriverConnector implements LinkedInConnector, AutoCloseable {
  // Closing a browser does not wait its turn behind the ones that are driven.
  private static final int SPARE_CONNECTIONS = 4;

  private final EgressRoutes routes;
  private final WebDriverTransport transport;
  private final Farm farm;
  private final int atATime;
  private final Bulkhead browsers;
  private final Driver driver;
  private final SessionCookies cookies;
  private final SessionKeeper keeper;
  private final Membership membership;
  private final SessionRetrieval retrieval;
  private final SignOut signOut;
  private final PageOutcome pageOutcome;
  private final SignIn signIn;
  private final CodeEntry codeEntry;
  private final ResendPress resendPress;
  private final WayPress wayPress;

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
    this.atATime = settings.maxBrowsers();
    this.browsers = new Bulkhead(atATime);
    this.driver = new Driver(client, PagesFile.read(settings.pages()), settings);
    this.cookies = new SessionCookies(driver);
    this.keeper = new SessionKeeper(driver, cookies);
    UnknownPages unknownPages = new UnknownPages(driver);
    this.membership = new Membership(driver, cookies, keeper, unknownPages);
    this.retrieval = new SessionRetrieval(keeper, membership, settings.pageTimeout());
    this.signOut = new SignOut(driver, membership);
    this.pageOutcome =
        new PageOutcome(
            driver, membership, new FeedOutcome(driver, cookies, membership), unknownPages);
    this.signIn = new SignIn(driver, pageOutcome);
    this.codeEntry = new CodeEntry(driver, pageOutcome);
    this.resendPress = new ResendPress(driver, pageOutcome);
    this.wayPress = new WayPress(driver, pageOutcome);
  }

  @Override
  public int atATime() {
    return atATime;
  }

  @Override
  public Uni<Boolean> hasRoom() {
    return farm.hasRoom();
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
                .map(browser -> start.session().isEmpty() ? browser : browser.withStoredSession())
                .call(browser -> journaled(browser, journal))
                .chain(
                    browser ->
                        start
                            .session()
                            .map(session -> resume(browser, session, journal))
                            .orElseGet(
                                () ->
                                    start.bringsCookie()
                                        ? takeOver(browser, journal)
                                        : signIn.run(browser, journal))));
  }

  /** Goes on with a session that was made in another browser. */
  private Uni<LoginOutcome> takeOver(Browser browser, LoginJournal journal) {
    Uni<LoginOutcome> notHonoured = PageOutcome.refused(FailureReason.SESSION_EXPIRED);
    return cookies
        .atLinkedIn(browser)
        .chain(journal::takeSessionCookie)
        .chain(
            brought ->
                interruptedIfLost(
                    cookies
                        .add(browser, brought)
                        .chain(() -> membership.openFeed(browser))
                        .chain(page -> outcome(browser, page, Ending.unsent(notHonoured)))));
  }

  /** What a feed means that was opened with a session; none came where LinkedIn ended it. */
  private Uni<LoginOutcome> outcome(Browser browser, Optional<PageView> feed, Ending ending) {
    return feed.isPresent() ? pageOutcome.of(browser, feed.get(), ending) : ending.atLogin();
  }

  /**
   * Writes the browser down; closes it where that fails or is cancelled, since then there may be no
   * row that names it.
   */
  private Uni<Void> journaled(Browser browser, SessionJournal journal) {
    return journal
        .browserAt(browser.handle())
        .onFailure()
        .call(() -> farm.closeQuietly(browser))
        .onCancellation()
        .call(() -> farm.closeQuietly(browser));
  }

  private Uni<LoginOutcome> resume(Browser browser, StoredSession session, SessionJournal journal) {
    Uni<LoginOutcome> expired = PageOutcome.refused(FailureReason.SESSION_EXPIRED);
    return keeper.keeping(
        browser,
        Optional.of(session),
        journal,
        cookies
            .set(browser, session)
            .chain(() -> membership.openFeed(browser, Optional.of(session), journal))
            .chain(page -> outcome(browser, page, Ending.resumed(expired, journal))));
  }

  @Override
  public Uni<LoginOutcome> answer(BrowserHandle handle, LoginJournal journal) {
    return inBrowser(handle, journal, browser -> codeEntry.run(browser, journal));
  }

  @Override
  public Uni<LoginOutcome> resend(BrowserHandle handle, LoginJournal journal) {
    return inBrowser(handle, journal, browser -> resendPress.run(browser, journal));
  }

  @Override
  public Uni<LoginOutcome> choose(BrowserHandle handle, ChallengeKind other, LoginJournal journal) {
    return inBrowser(handle, journal, browser -> wayPress.run(browser, other, journal));
  }

  @Override
  public Uni<LoginOutcome> look(BrowserHandle handle, SessionJournal journal) {
    return inBrowser(
        handle,
        journal,
        browser ->
            driver
                .awaitPatiently(browser, PageOutcome::isConclusive)
                .chain(page -> lookedAt(browser, page)));
  }

  /** A later step of a login, in the browser in which it began. */
  private Uni<LoginOutcome> inBrowser(
      BrowserHandle handle, SessionJournal journal, Function<Browser, Uni<LoginOutcome>> step) {
    return browsers.run(
        () -> {
          Browser browser = Browser.of(handle);
          Uni<LoginOutcome> taken = step.apply(browser);
          return interruptedIfLost(
              browser.resumed()
                  ? keeper.keeping(browser, Optional.empty(), journal, taken)
                  : taken);
        });
  }

  private Uni<LoginOutcome> lookedAt(Browser browser, PageView page) {
    if (!page.web() && !page.failed()) {
      // Not even opened: the empty page of a new browser.
      return PageOutcome.refused(FailureReason.INTERRUPTED);
    }
    return pageOutcome.of(browser, page, Ending.sent(PageOutcome.over(browser)));
  }

  @Override
  public Uni<Boolean> check(SessionUse use, SessionJournal journal) {
    return used(use, journal, browser -> membership.isHonoured(browser, use, journal));
  }

  @Override
  public Uni<Boolean> signOut(SessionUse use, SessionJournal journal) {
    return used(use, journal, signOut::run);
  }

  private Uni<Boolean> used(
      SessionUse use, SessionJournal journal, Function<Browser, Uni<Boolean>> work) {
    return browsers.run(
        () ->
            use.unlessWanted(farm.open(use.country(), use.profile().toString()))
                .call(browser -> journaled(browser, journal))
                .chain(
                    browser ->
                        use.unlessWanted(
                                cookies
                                    .set(browser, use.session())
                                    .chain(() -> work.apply(browser)))
                            // One after the other, a cancelled use's too.
                            .onTermination()
                            .call(
                                () ->
                                    keeper
                                        .keep(browser, Optional.of(use.session()), journal)
                                        .chain(() -> farm.closeQuietly(browser)))));
  }

  @Override
  public Uni<Optional<StoredSession>> retrieve(BrowserHandle handle) {
    Browser browser = Browser.of(handle);
    // Not in turn: whoever asks holds the session up for everybody until it is answered.
    return retrieval
        .run(browser)
        .call(() -> farm.closeQuietly(browser))
        .onFailure(failure -> !farm.isOurs(browser))
        .recoverWithItem(Optional.empty());
  }

  @Override
  public Uni<Void> abandon(BrowserHandle handle) {
    return farm.close(Browser.of(handle));
  }

  @Override
  public Uni<List<OpenBrowser>> openBrowsers() {
    return farm.openBrowsers();
  }

  private static Uni<LoginOutcome> interruptedIfLost(Uni<LoginOutcome> step) {
    return step.onFailure(failure -> WebDriverException.means(failure, Meaning.BROWSER_LOST))
        .recoverWithUni(() -> PageOutcome.refused(FailureReason.INTERRUPTED));
  }

  @Override
  @PreDestroy
  public void close() {
    transport.close();
  }
}
