package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.LoginJournal;
import ai.pathbound.identities.login.connector.webdriver.pages.PageMarker;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.connector.webdriver.pages.WaysOn;
import ai.pathbound.identities.login.connector.webdriver.pages.WaysOn.Way;
import ai.pathbound.identities.login.connector.webdriver.protocol.Element;
import ai.pathbound.identities.login.connector.webdriver.protocol.ErrorCode.Meaning;
import ai.pathbound.identities.login.connector.webdriver.protocol.WebDriverException;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.LoginOutcome;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Presses what sends again, or what leads to another challenge: once the journal was told of it,
 * and in a page that still asks. A page that has gone on is reported as it is.
 */
final class ChallengePress {
  private static final Set<PageMarker> ASKS =
      EnumSet.of(
          PageMarker.AUTHENTICATOR_CODE,
          PageMarker.SMS_CODE,
          PageMarker.EMAIL_CODE,
          PageMarker.CODE,
          PageMarker.APP_APPROVAL,
          PageMarker.EMAIL_LINK,
          PageMarker.CONFIRMATION);

  /** How long a button that is off is waited for: LinkedIn counts a minute down. */
  private static final Duration OFF_FOR = Duration.ofSeconds(90);

  private final Driver driver;
  private final PageOutcome pageOutcome;

  ChallengePress(Driver driver, PageOutcome pageOutcome) {
    this.driver = driver;
    this.pageOutcome = pageOutcome;
  }

  /** Has the page send again. */
  Uni<LoginOutcome> resend(Browser browser, LoginJournal journal) {
    return driver
        .awaitPatiently(browser, PageOutcome::tells)
        .chain(
            page ->
                asks(page)
                    ? button(browser, page, end(OFF_FOR))
                        .chain(
                            button ->
                                button.isPresent()
                                    ? resend(browser, button.get(), journal)
                                    : asItIs(browser))
                    : outcome(browser, page));
  }

  /** What sends again, once it can be pressed; empty where the page no longer offers it. */
  private Uni<Optional<Element>> button(Browser browser, PageView page, long end) {
    return driver
        .look(browser)
        .chain(
            now ->
                now.isSameLoad(page) && asks(now)
                    ? driver.reader().waysOn(browser.remote()).map(Optional::of)
                    : Uni.createFrom().item(Optional.<WaysOn>empty()))
        .onFailure(ChallengePress::movedOn)
        .recoverWithItem(Optional.empty())
        .chain(
            found -> {
              Optional<Element> button = found.flatMap(WaysOn::resend);
              if (button.isEmpty() || found.get().ready()) {
                return Uni.createFrom().item(button);
              }
              return isOver(end)
                  ? Uni.createFrom().item(Optional.empty())
                  : pause().chain(() -> button(browser, page, end));
            });
  }

  private Uni<LoginOutcome> resend(Browser browser, Element button, LoginJournal journal) {
    return driver
        .look(browser)
        .chain(
            before ->
                journal
                    .takeRequest()
                    .chain(() -> driver.click(browser, button))
                    .chain(() -> reacted(browser, before, end(driver.settings().settleTime()))))
        .chain(() -> driver.awaitPatiently(browser, PageOutcome::tells))
        .chain(page -> afterwards(browser, page));
  }

  /** Waits until the page says something else or takes the button away, or long enough. */
  private Uni<Void> reacted(Browser browser, PageView before, long end) {
    return driver
        .look(browser)
        .map(now -> !now.saysTheSame(before))
        .chain(
            changed ->
                changed
                    ? Uni.createFrom().item(true)
                    : driver.reader().waysOn(browser.remote()).map(found -> !found.ready()))
        .onFailure(ChallengePress::movedOn)
        .recoverWithItem(true)
        .chain(
            done ->
                done || isOver(end)
                    ? Uni.createFrom().voidItem()
                    : pause().chain(() -> reacted(browser, before, end)));
  }

  /** Has the page raise another challenge. */
  Uni<LoginOutcome> choose(Browser browser, ChallengeKind other, LoginJournal journal) {
    return driver
        .awaitPatiently(browser, PageOutcome::tells)
        .chain(
            page ->
                asks(page)
                    ? driver
                        .reader()
                        .waysOn(browser.remote())
                        .chain(found -> choose(browser, page, found, other, journal))
                    : outcome(browser, page));
  }

  private Uni<LoginOutcome> choose(
      Browser browser, PageView page, WaysOn found, ChallengeKind other, LoginJournal journal) {
    Optional<Way> named = ChallengeOffers.way(found, other);
    // What is named elsewhere on the page is not behind a link that names nothing.
    Optional<Way> way =
        named.or(
            () ->
                found.ways().isEmpty()
                    ? found.other().map(link -> new Way(link, Optional.empty()))
                    : Optional.empty());
    if (way.isEmpty()) {
      return outcome(browser, page);
    }
    return journal
        .takeRequest()
        .chain(() -> press(browser, way.get()))
        .chain(() -> new Arrival(browser, page, other, named.isEmpty()).outcome());
  }

  private Uni<Void> press(Browser browser, Way way) {
    return driver
        .click(browser, way.pick())
        .chain(
            () ->
                way.send()
                    .map(send -> driver.click(browser, send))
                    .orElseGet(Uni.createFrom()::voidItem));
  }

  /** On the way from one challenge to another, with a list of ways between them or without. */
  private final class Arrival {
    private final Browser browser;
    private final PageView before;
    private final ChallengeKind other;
    private final long end = end(driver.settings().landingTimeout());
    private final boolean unnamed;
    private boolean picked;
    private PageView last;
    private long since = System.nanoTime();

    /**
     * Begins at {@code before}, where something was pressed.
     *
     * @param unnamed whether that did not say where it leads to
     */
    Arrival(Browser browser, PageView before, ChallengeKind other, boolean unnamed) {
      this.browser = browser;
      this.before = before;
      this.other = other;
      this.unnamed = unnamed;
      this.last = before;
    }

    Uni<LoginOutcome> outcome() {
      return driver
          .look(browser)
          .chain(this::seen)
          .onFailure(ChallengePress::movedOn)
          .recoverWithUni(this::again);
    }

    private Uni<LoginOutcome> again() {
      return isOver(end) ? asItIs(browser) : pause().chain(this::outcome);
    }

    private Uni<LoginOutcome> seen(PageView now) {
      if (!now.isLike(last)) {
        last = now;
        since = System.nanoTime();
      }
      boolean sameLoad = now.isSameLoad(before);
      boolean same = sameLoad && now.marker().equals(before.marker());
      if (now.failed() || PageOutcome.tells(now) && !same) {
        return afterwards(browser, now);
      }
      // What is pressed once more while its page is still on its way would be pressed twice.
      if (picked || sameLoad && !unnamed) {
        return again();
      }
      return driver
          .reader()
          .waysOn(browser.remote())
          .chain(
              found -> {
                Optional<Way> way = ChallengeOffers.way(found, other);
                if (way.isPresent()) {
                  picked = true;
                  return press(browser, way.get()).chain(this::again);
                }
                return !same && now.complete() && settled() ? back(found) : again();
              });
    }

    private boolean settled() {
      return System.nanoTime() - since >= driver.settings().settleTime().toNanos();
    }

    /** A list that does not hold it is left; of a page that is no list, it is told what it is. */
    private Uni<LoginOutcome> back(WaysOn list) {
      return list.ways().isEmpty()
          ? asItIs(browser)
          : driver
              .reader()
              .goBack(browser.remote())
              .onFailure(ChallengePress::movedOn)
              .recoverWithNull()
              .chain(() -> asItIs(browser));
    }
  }

  /** What the page asks for after a press: nothing that it says is about a code. */
  private Uni<LoginOutcome> afterwards(Browser browser, PageView page) {
    return CodeEntry.asksForCode(page)
        ? pageOutcome.code(page.marker().orElseThrow(), false, browser)
        : outcome(browser, page);
  }

  private Uni<LoginOutcome> asItIs(Browser browser) {
    return driver.awaitPatiently(browser, PageOutcome::tells).chain(page -> outcome(browser, page));
  }

  private Uni<LoginOutcome> outcome(Browser browser, PageView page) {
    return pageOutcome.of(browser, page, Ending.sent(PageOutcome.over(browser)));
  }

  private static boolean asks(PageView page) {
    return page.marker().filter(ASKS::contains).isPresent();
  }

  private static boolean movedOn(Throwable failure) {
    return WebDriverException.means(failure, Meaning.PAGE_DIFFERS, Meaning.PAGE_FAILED);
  }

  private Uni<Void> pause() {
    return Uni.createFrom().voidItem().onItem().delayIt().by(driver.settings().pollInterval());
  }

  private static long end(Duration after) {
    return System.nanoTime() + after.toNanos();
  }

  private static boolean isOver(long end) {
    return System.nanoTime() - end >= 0;
  }
}
