package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.pages.Armed;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.connector.webdriver.pages.Press;
import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import ai.pathbound.identities.login.connector.webdriver.protocol.ErrorCode.Meaning;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverException;
import ai.pathbound.identities.secret.Secret;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Fills in a form and sends it with one press. A page may put other fields in the place of those
 * that were typed into, or swallow what was typed: then the fields are found and typed into again,
 * and pressed is only what holds. A press that the page got is the last one, whatever comes of it;
 * where a press could only put a secret into an address, nothing is pressed.
 */
final class FormEntry {
  /** How long the texts must hold before they are sent. */
  private static final Duration HOLD = Duration.ofMillis(300);

  private final Driver driver;
  private final Typist typist;

  FormEntry(Driver driver) {
    this.driver = driver;
    this.typist = new Typist(driver.client());
  }

  /**
   * What to fill in.
   *
   * @param fields the fields, the last of which takes Enter where there is no button
   * @param texts what to type into each
   * @param button what sends them
   * @param secret whether the last text must not come into an address
   */
  record Form(List<Element> fields, List<Secret> texts, Optional<Element> button, boolean secret) {}

  /**
   * What came of one try.
   *
   * @param press whether it was sent
   * @param page the page as it was then; null where it was not looked at
   */
  private record Try(Press press, PageView page) {
    static final Try NONE = new Try(Press.NONE, null);
  }

  /**
   * Fills in the form that {@code find} finds, as often as that takes, and sends it once. The item
   * is the page as it was before the press.
   *
   * @throws LinkedInUnavailableException where nothing could be sent in time
   */
  Uni<PageView> send(Browser browser, Supplier<Uni<Form>> find) {
    return send(browser, find, System.nanoTime());
  }

  private Uni<PageView> send(Browser browser, Supplier<Uni<Form>> find, long start) {
    return find.get()
        .chain(form -> tried(browser, form))
        .onFailure(e -> WebDriverException.means(e, Meaning.PAGE_DIFFERS))
        .recoverWithItem(Try.NONE)
        .chain(
            done -> {
              if (done.press() == Press.DONE) {
                return Uni.createFrom().item(done.page());
              }
              Duration passed = Duration.ofNanos(System.nanoTime() - start);
              if (passed.compareTo(driver.settings().landingTimeout()) >= 0) {
                throw new LinkedInUnavailableException(
                    done.press() == Press.HELD_BACK
                        ? "a form would have sent a secret in an address"
                        : "a form did not keep what was typed");
              }
              return Uni.createFrom()
                  .voidItem()
                  .onItem()
                  .delayIt()
                  .by(HOLD)
                  .chain(() -> send(browser, find, start));
            });
  }

  private Uni<Try> tried(Browser browser, Form form) {
    return arm(browser, form)
        .chain(armed -> fill(browser, form, armed))
        .onItem()
        .delayIt()
        .by(HOLD)
        .chain(() -> driver.look(browser))
        .chain(
            page ->
                arm(browser, form)
                    .chain(armed -> pressed(browser, form, armed))
                    .map(press -> new Try(press, page)));
  }

  private Uni<Press> pressed(Browser browser, Form form, Armed armed) {
    if (!armed.holdsAll(form.fields().size())) {
      return Uni.createFrom().item(Press.NONE);
    }
    return armed.may() ? press(browser, form) : Uni.createFrom().item(Press.HELD_BACK);
  }

  private Uni<Armed> arm(Browser browser, Form form) {
    return driver
        .reader()
        .arm(
            browser.remote(),
            form.fields(),
            form.texts(),
            form.button(),
            form.secret(),
            driver.settings().settleTime());
  }

  private Uni<Void> fill(Browser browser, Form form, Armed armed) {
    return Multi.createFrom()
        .range(0, form.fields().size())
        .filter(i -> !armed.holds(i))
        .onItem()
        .transformToUniAndConcatenate(
            i -> typist.type(browser, form.fields().get(i), form.texts().get(i)))
        .collect()
        .last()
        .replaceWithVoid();
  }

  /** A press that failed may have been done: the page that it led to was slow, or came at once. */
  private Uni<Press> press(Browser browser, Form form) {
    return click(browser, form)
        .onFailure(e -> WebDriverException.means(e, Meaning.PAGE_DIFFERS, Meaning.PAGE_FAILED))
        .recoverWithNull()
        .chain(() -> driver.reader().press(browser.remote()))
        .onFailure(e -> WebDriverException.means(e, Meaning.PAGE_DIFFERS, Meaning.PAGE_FAILED))
        .recoverWithItem(Press.DONE);
  }

  private Uni<Void> click(Browser browser, Form form) {
    Element last = form.fields().get(form.fields().size() - 1);
    Uni<Void> enter = driver.client().type(browser.remote(), last, Driver.ENTER);
    if (form.button().isEmpty()) {
      return enter;
    }
    Element button = form.button().get();
    return driver
        .client()
        .click(browser.remote(), button)
        .onFailure(Driver::wasNotClicked)
        // Something lies over it: the key reaches it all the same.
        .recoverWithUni(() -> driver.client().type(browser.remote(), button, Driver.ENTER))
        .onFailure(Driver::wasNotClicked)
        .recoverWithUni(() -> enter);
  }
}
