package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.pages.LinkedInPages;
import ai.pathbound.identities.login.connector.webdriver.pages.LoginFields;
import ai.pathbound.identities.login.connector.webdriver.pages.PageAddress;
import ai.pathbound.identities.login.connector.webdriver.pages.PageElement;
import ai.pathbound.identities.login.connector.webdriver.pages.PageElements;
import ai.pathbound.identities.login.connector.webdriver.pages.PageReader;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import ai.pathbound.identities.login.connector.webdriver.protocol.ErrorCode;
import ai.pathbound.identities.login.connector.webdriver.protocol.ErrorCode.Meaning;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverClient;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverException;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.util.function.Predicate;

/** The moves at LinkedIn: go to an address, wait for a page, click. */
final class Driver {
  /** The Enter key, as WebDriver types it. */
  static final Secret ENTER = Secret.of("\uE007");

  private final WebDriverClient client;
  private final PageReader reader;
  private final LinkedInPages pages;
  private final WebDriverSettings settings;

  Driver(WebDriverClient client, LinkedInPages pages, WebDriverSettings settings) {
    this.client = client;
    this.pages = pages;
    this.settings = settings;
    this.reader = new PageReader(client, pages, settings.baseUrl());
  }

  PageReader reader() {
    return reader;
  }

  WebDriverSettings settings() {
    return settings;
  }

  WebDriverClient client() {
    return client;
  }

  LinkedInPages pages() {
    return pages;
  }

  /**
   * Goes to an address. A page that does not load is no failure here: the next look shows that, or
   * shows that the page came after all.
   */
  Uni<Void> goTo(Browser browser, PageAddress address) {
    URI base = settings.baseUrl();
    URI page = URI.create(base.getScheme() + "://" + base.getRawAuthority() + pages.path(address));
    return client
        .goTo(browser.remote(), page)
        .onFailure(e -> WebDriverException.means(e, Meaning.PAGE_FAILED))
        .recoverWithNull();
  }

  Uni<PageView> look(Browser browser) {
    return reader.look(browser.remote());
  }

  Uni<PageElements> find(Browser browser, PageElement... wanted) {
    return reader.find(browser.remote(), wanted);
  }

  /** Waits for the first page of which {@code expected} says that it is one of those to come. */
  Uni<PageView> await(Browser browser, Predicate<PageView> expected) {
    return await(browser, PageWait.forPage(settings, expected));
  }

  /**
   * The same, on the way to the feed or after a challenge: a page on which there is nothing to do
   * goes on by itself, and is waited for longer.
   */
  Uni<PageView> awaitPatiently(Browser browser, Predicate<PageView> expected) {
    return await(browser, PageWait.forPage(settings, expected).patient());
  }

  /** The same, for a page that comes after {@code before}, where something was sent. */
  Uni<PageView> awaitAfter(Browser browser, PageView before, Predicate<PageView> expected) {
    return await(browser, PageWait.after(settings, before, expected).patient());
  }

  /** The same, where also what becomes of a code's field is an answer to what was sent. */
  Uni<PageView> awaitAnswer(Browser browser, PageView before, Predicate<PageView> expected) {
    return await(browser, PageWait.after(settings, before, expected).patient().orAnotherText());
  }

  /** Waits until the fields of a login are there to stay, as far as that can be seen. */
  Uni<LoginFields> awaitLogin(Browser browser) {
    FieldsWait wait = new FieldsWait(settings);
    return reader
        .findLogin(browser.remote())
        .map(wait::seen)
        .onFailure(e -> WebDriverException.means(e, Meaning.PAGE_DIFFERS, Meaning.PAGE_FAILED))
        .recoverWithItem(wait::notSeen)
        .repeat()
        .withDelay(settings.pollInterval())
        .whilst(seen -> !wait.isOver())
        .select()
        .last()
        .toUni()
        .map(last -> wait.result());
  }

  private Uni<PageView> await(Browser browser, PageWait wait) {
    return look(browser)
        .map(wait::seen)
        // The page went away under the look, or is still loading: look again.
        .onFailure(e -> WebDriverException.means(e, Meaning.PAGE_DIFFERS, Meaning.PAGE_FAILED))
        .recoverWithItem(wait::notSeen)
        .repeat()
        .withDelay(settings.pollInterval())
        .whilst(seen -> !wait.isOver())
        .select()
        .last()
        .toUni()
        .map(last -> wait.result());
  }

  /** Clicks a link or a button that sends nothing of ours, also where something lies over it. */
  Uni<Void> click(Browser browser, Element element) {
    return client
        .click(browser.remote(), element)
        .onFailure(Driver::wasNotClicked)
        .recoverWithUni(() -> client.type(browser.remote(), element, ENTER))
        .onFailure(Driver::movedOn)
        .recoverWithNull();
  }

  static Element element(PageElements elements, PageElement wanted) {
    return elements
        .find(wanted)
        .orElseThrow(
            () -> new LinkedInUnavailableException("a page has no visible " + wanted.key()));
  }

  static boolean wasNotClicked(Throwable failure) {
    return failure instanceof WebDriverException f
        && (f.code() == ErrorCode.ELEMENT_CLICK_INTERCEPTED
            || f.code() == ErrorCode.ELEMENT_NOT_INTERACTABLE);
  }

  /** The click was done and the page it led to was slow, or came so soon that the button went. */
  private static boolean movedOn(Throwable failure) {
    return WebDriverException.means(failure, Meaning.PAGE_DIFFERS, Meaning.PAGE_FAILED);
  }
}
