package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.LoginJournal;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.connector.webdriver.pages.WaysOn;
import ai.pathbound.identities.login.session.LoginOutcome;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/**
 * Presses what sends again: once the journal was told of it, and in a page that still asks. A page
 * that has gone on is reported as it is.
 */
final class ResendPress {
  /** How long a button that is off is waited for: LinkedIn counts a minute down. */
  private static final Duration OFF_FOR = Duration.ofSeconds(90);

  private final Driver driver;
  private final ChallengePage challenge;

  ResendPress(Driver driver, PageOutcome pageOutcome) {
    this.driver = driver;
    this.challenge = new ChallengePage(driver, pageOutcome);
  }

  /** Has the page send again. */
  Uni<LoginOutcome> run(Browser browser, LoginJournal journal) {
    return challenge
        .standing(browser)
        .chain(
            page ->
                ChallengePage.asks(page)
                    ? ready(browser, page, Deadline.in(OFF_FOR))
                        .chain(
                            ready ->
                                ready.isPresent()
                                    ? press(browser, ready.get(), journal)
                                    : challenge.asItIs(browser))
                    : challenge.outcome(browser, page));
  }

  /**
   * A page that still asks.
   *
   * @param offers what it offers
   */
  private record Seen(PageView page, WaysOn offers) {}

  /** The page once its button can be pressed; empty where it no longer offers one. */
  private Uni<Optional<Seen>> ready(Browser browser, PageView page, Deadline end) {
    return driver
        .look(browser)
        .chain(
            now ->
                now.isSameLoad(page) && ChallengePage.asks(now)
                    ? driver
                        .reader()
                        .waysOn(browser.remote())
                        .map(offers -> Optional.of(new Seen(now, offers)))
                    : Uni.createFrom().item(Optional.<Seen>empty()))
        .onFailure(ChallengePage::movedOn)
        .recoverWithItem(Optional.empty())
        .map(found -> found.filter(seen -> seen.offers().resend().isPresent()))
        .chain(
            found ->
                found.isEmpty() || found.get().offers().ready()
                    ? Uni.createFrom().item(found)
                    : end.isOver()
                        ? Uni.createFrom().item(Optional.empty())
                        : challenge.pause().chain(() -> ready(browser, page, end)));
  }

  private Uni<LoginOutcome> press(Browser browser, Seen seen, LoginJournal journal) {
    return journal
        .takeRequest()
        .chain(() -> driver.click(browser, seen.offers().resend().orElseThrow()))
        .chain(() -> reacted(browser, seen.page(), Deadline.in(driver.settings().settleTime())))
        .chain(() -> challenge.standing(browser))
        .chain(page -> challenge.afterwards(browser, page));
  }

  /** Waits until the page says something else or takes the button away, or long enough. */
  private Uni<Void> reacted(Browser browser, PageView before, Deadline end) {
    return driver
        .look(browser)
        .map(now -> !now.saysTheSame(before))
        .chain(
            changed ->
                changed
                    ? Uni.createFrom().item(true)
                    : driver.reader().waysOn(browser.remote()).map(found -> !found.ready()))
        .onFailure(ChallengePage::movedOn)
        .recoverWithItem(true)
        .chain(
            done ->
                done || end.isOver()
                    ? Uni.createFrom().voidItem()
                    : challenge.pause().chain(() -> reacted(browser, before, end)));
  }
}
