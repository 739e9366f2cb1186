package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.LoginJournal;
import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import ai.pathbound.identities.login.connector.webdriver.pages.WaysOn;
import ai.pathbound.identities.login.connector.webdriver.pages.WaysOn.Way;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.LoginOutcome;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/**
 * Presses what leads to another challenge: once the journal was told of it, and in a page that
 * still asks. A page that has gone on is reported as it is.
 */
final class WayPress {
  private final Driver driver;
  private final ChallengePage challenge;

  WayPress(Driver driver, PageOutcome pageOutcome) {
    this.driver = driver;
    this.challenge = new ChallengePage(driver, pageOutcome);
  }

  /** Has the page raise another challenge. */
  Uni<LoginOutcome> run(Browser browser, ChallengeKind other, LoginJournal journal) {
    return challenge
        .standing(browser)
        .chain(
            page ->
                ChallengePage.asks(page)
                    ? driver
                        .reader()
                        .waysOn(browser.remote())
                        .map(Optional::of)
                        .onFailure(ChallengePage::movedOn)
                        .recoverWithItem(Optional.empty())
                        .chain(
                            found ->
                                found.isPresent()
                                    ? choose(browser, page, found.get(), other, journal)
                                    : challenge.asItIs(browser))
                    : challenge.outcome(browser, page));
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
      return challenge.outcome(browser, page);
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
    private final Deadline end = Deadline.in(driver.settings().landingTimeout());
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
          .onFailure(ChallengePage::movedOn)
          .recoverWithUni(this::again);
    }

    private Uni<LoginOutcome> again() {
      return end.isOver() ? challenge.asItIs(browser) : challenge.pause().chain(this::outcome);
    }

    private Uni<LoginOutcome> seen(PageView now) {
      if (!now.isLike(last)) {
        last = now;
        since = System.nanoTime();
      }
      boolean sameLoad = now.isSameLoad(before);
      boolean same = sameLoad && now.marker().equals(before.marker());
      if (now.failed() || PageOutcome.tells(now) && !same) {
        return challenge.afterwards(browser, now);
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
          ? challenge.asItIs(browser)
          : driver
              .reader()
              .goBack(browser.remote())
              .onFailure(ChallengePage::movedOn)
              .recoverWithNull()
              .chain(() -> challenge.asItIs(browser));
    }
  }
}
