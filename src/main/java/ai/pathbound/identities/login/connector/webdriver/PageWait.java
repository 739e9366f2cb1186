package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.pages.PageView;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How long one wait for a page goes on: until an expected page is seen, or another one that stays
 * as it is, or the time is over. It measures time that passes, which is not the time of day.
 */
final class PageWait {
  private final Duration landingTimeout;
  private final Duration settleTime;
  private final PageView before;
  private final Predicate<PageView> expected;
  private final long start = System.nanoTime();
  private boolean patient;
  private boolean anotherTextCounts;
  private PageView last;
  private long since = start;

  private PageWait(WebDriverSettings settings, PageView before, Predicate<PageView> expected) {
    this.landingTimeout = settings.landingTimeout();
    this.settleTime = settings.settleTime();
    this.before = before;
    this.expected = expected;
  }

  /** Waits for a page, whatever was there before. */
  static PageWait forPage(WebDriverSettings settings, Predicate<PageView> expected) {
    return new PageWait(settings, null, expected);
  }

  /** Waits for a page after {@code before}. */
  static PageWait after(WebDriverSettings settings, PageView before, Predicate<PageView> expected) {
    return new PageWait(settings, before, expected);
  }

  /**
   * Waits to the end for a page on which there is nothing to do, and where something was sent for
   * one that no longer shows what it was sent from: it must go on by itself.
   */
  PageWait patient() {
    patient = true;
    return this;
  }

  /** Waits for an answer to a code, which may come in the same page. */
  PageWait orAnotherText() {
    anotherTextCounts = true;
    return this;
  }

  boolean seen(PageView now) {
    if (last == null || !now.isLike(last) || anotherTextCounts && !now.saysTheSame(last)) {
      since = System.nanoTime();
    }
    last = now;
    return true;
  }

  boolean notSeen() {
    since = System.nanoTime();
    return false;
  }

  boolean isOver() {
    if (passed(start).compareTo(landingTimeout) >= 0) {
      return true;
    }
    if (last == null || isStillBefore()) {
      return false;
    }
    return last.failed()
        || expected.test(last)
        || last.complete() && !goesOn() && passed(since).compareTo(settleTime) >= 0;
  }

  private boolean isStillBefore() {
    if (before == null) {
      return false;
    }
    return anotherTextCounts ? last.isUnansweredAfter(before) : last.isLike(before);
  }

  /** Nothing is to be done there, or the page in which something was sent is still at it. */
  private boolean goesOn() {
    boolean working = before != null && last.isSameLoad(before);
    return patient && last.web() && last.marker().isEmpty() && (working || !last.acts());
  }

  /** The page that was seen last. */
  PageView result() {
    if (last == null) {
      throw new LinkedInUnavailableException("no page came in time");
    }
    return last;
  }

  private static Duration passed(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }
}
