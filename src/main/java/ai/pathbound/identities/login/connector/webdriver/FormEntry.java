package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.pages.Armed;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.connector.webdriver.pages.Press;
import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import ai.pathbound.identities.login.connector.webdriver.protocol.ErrorCode;
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
  private final FormPress press;

  FormEntry(Driver driver) {
    this.driver = driver;
    this.typist = new Typist(driver.client());
    this.press = new FormPress(driver);
  }

  /**
   * What to fill in.
   *
   * @param fields the fields, the last of which takes Enter where there is no button
   * @param texts what to type into each
   * @param button what sends them
   * @param secret what must not come into an address
   * @param sendsItself whether the page may send them by itself once they are filled in
   */
  record Form(
      List<Element> fields,
      List<Secret> texts,
      Optional<Element> button,
      Optional<Secret> secret,
      boolean sendsItself) {}

  /**
   * What came of one try.
   *
   * @param press whether it was sent
   * @param page the page as it was then; null where it was not looked at
   */
  private record Try(Press press, PageView page) {
    static final Try NONE = new Try(Press.NONE, null);
    static final Try GONE = new Try(Press.DONE, null);

    boolean isTheLast() {
      return press == Press.DONE || press == Press.REFUSED;
    }
  }

  /**
   * Fills in the form that {@code find} finds, as often as that takes, and sends it once. The item
   * is the page as it was before the press.
   *
   * @throws LinkedInUnavailableException where nothing could be sent in time
   */
  Uni<PageView> send(Browser browser, Supplier<Uni<Form>> find) {
    Supplier<Uni<Optional<Form>>> there = () -> find.get().map(Optional::of);
    return tries(browser, there, driver.settings().landingTimeout(), System.nanoTime())
        .map(
            done ->
                switch (done.press()) {
                  case DONE -> done.page();
                  case NONE ->
                      throw new LinkedInUnavailableException("a form did not keep what was typed");
                  case REFUSED ->
                      throw new LinkedInUnavailableException("a form did not take what was typed");
                  case HELD_BACK -> throw heldBack();
                });
  }

  /**
   * The same, where the page may not take what is typed, and where what was typed may be sent
   * before anything is pressed. A form that went away is taken for one that was sent: what is typed
   * again might be sent twice.
   *
   * @param find finds the form; empty where it is there no more
   * @return whether it was sent; not where the page does not take such a text, for twice the time
   *     in which a page settles
   */
  Uni<Boolean> offer(Browser browser, Supplier<Uni<Optional<Form>>> find) {
    Duration patience = driver.settings().settleTime().multipliedBy(2);
    return tries(browser, find, patience, System.nanoTime())
        .map(
            done -> {
              if (done.press() == Press.HELD_BACK) {
                throw heldBack();
              }
              return done.press() == Press.DONE;
            });
  }

  private static LinkedInUnavailableException heldBack() {
    return new LinkedInUnavailableException("a form would have sent a secret in an address");
  }

  private Uni<Try> tries(
      Browser browser, Supplier<Uni<Optional<Form>>> find, Duration patience, long start) {
    return find.get()
        .chain(
            form ->
                form.map(there -> tried(browser, there))
                    .orElseGet(() -> Uni.createFrom().item(Try.GONE)))
        .onFailure(e -> WebDriverException.means(e, Meaning.PAGE_DIFFERS))
        .recoverWithItem(Try.NONE)
        .chain(
            done -> {
              Duration passed = Duration.ofNanos(System.nanoTime() - start);
              return done.isTheLast() || passed.compareTo(patience) >= 0
                  ? Uni.createFrom().item(done)
                  : Uni.createFrom()
                      .voidItem()
                      .onItem()
                      .delayIt()
                      .by(HOLD)
                      .chain(() -> tries(browser, find, patience, start));
            });
  }

  private Uni<Try> tried(Browser browser, Form form) {
    return arm(browser, form)
        .chain(armed -> fill(browser, form, armed))
        .onItem()
        .delayIt()
        .by(HOLD)
        .chain(there -> there ? filled(browser, form) : Uni.createFrom().item(Try.GONE));
  }

  private Uni<Try> filled(Browser browser, Form form) {
    Uni<Try> pressed =
        driver
            .look(browser)
            .chain(
                page ->
                    arm(browser, form)
                        .chain(armed -> pressed(browser, form, armed))
                        .map(press -> new Try(press, page)));
    return form.sendsItself() ? orGone(pressed, Try.GONE) : pressed;
  }

  /** What was typed into is there no more. */
  private static <T> Uni<T> orGone(Uni<T> step, T gone) {
    return step.onFailure(
            e ->
                e instanceof WebDriverException failure
                    && (failure.code() == ErrorCode.STALE_ELEMENT_REFERENCE
                        || failure.code() == ErrorCode.NO_SUCH_ELEMENT
                        || failure.code() == ErrorCode.JAVASCRIPT_ERROR
                        || failure.code().meaning() == Meaning.PAGE_FAILED))
        .recoverWithItem(gone);
  }

  private Uni<Press> pressed(Browser browser, Form form, Armed armed) {
    if (form.sendsItself() && armed.sent()) {
      return Uni.createFrom().item(Press.DONE);
    }
    if (!armed.holdsAll(form.fields().size()) || !armed.ready()) {
      return Uni.createFrom().item(Press.NONE);
    }
    return armed.may() ? press.of(browser, form) : Uni.createFrom().item(Press.HELD_BACK);
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

  /** Whether what was typed into is still there: a form may send itself at the last character. */
  private Uni<Boolean> fill(Browser browser, Form form, Armed armed) {
    return Multi.createFrom()
        .range(0, form.fields().size())
        .filter(i -> !armed.holds(i))
        .onItem()
        .transformToUniAndConcatenate(i -> type(browser, form, i))
        .collect()
        .last()
        .map(there -> there == null || there);
  }

  private Uni<Boolean> type(Browser browser, Form form, int field) {
    Element element = form.fields().get(field);
    boolean last = field == form.fields().size() - 1;
    Uni<Boolean> typed =
        typist.type(browser, element, form.texts().get(field)).replaceWith(Boolean.TRUE);
    return typist
        .clear(browser, element)
        .chain(() -> last && form.sendsItself() ? orGone(typed, Boolean.FALSE) : typed);
  }
}
