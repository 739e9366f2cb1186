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
  private PageView last;
  private long since = start;

  /** Waits for a page after {@code before}, which may be null. */
  PageWait(WebDriverSettings settings, PageView before, Predicate<PageView> expected) {
    this.landingTimeout = settings.landingTimeout();
    this.settleTime = settings.settleTime();
    this.before = before;
    this.expected = expected;
  }

  boolean seen(PageView now) {
    if (last == null || !now.isLike(last)) {
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
    if (last == null || before != null && last.isLike(before)) {
      return false;
    }
    return last.failed()
        || expected.test(last)
        || last.complete() && passed(since).compareTo(settleTime) >= 0;
  }

  /** The page that was seen last. */
  PageView result() {
    if (last == null) {
      throw new LinkedInUnavailable("no page came in time");
    }
    return last;
  }

  private static Duration passed(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }
}
