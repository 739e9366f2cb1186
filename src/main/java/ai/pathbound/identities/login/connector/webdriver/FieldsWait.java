package ai.pathbound.identities.login.connector.webdriver;

import ai.pathbound.identities.login.connector.webdriver.pages.LoginFields;
import java.time.Duration;

/**
 * How long to wait until a page is ready to be typed into: a page may show its fields before its
 * scripts are there, which then put others in their place, or are what sends them. It is ready once
 * the document is complete, its scripts are there, and the fields have stayed the same for a while.
 * What a script imports or fetches can be seen when it is there and not before: where only a script
 * can send the fields, nothing may have come for as long as a page may settle. Scripts that do not
 * come, news that never end, and a document that never is complete are not waited for without end.
 */
final class FieldsWait {
  private static final Duration QUIET = Duration.ofMillis(400);

  private final Duration pageTimeout;
  private final Duration settleTime;
  private final long start = System.nanoTime();
  private LoginFields last;
  private long since = start;
  private long completeSince = start;

  FieldsWait(WebDriverSettings settings) {
    this.pageTimeout = settings.pageTimeout();
    this.settleTime = settings.settleTime();
  }

  boolean seen(LoginFields now) {
    long time = System.nanoTime();
    if (last == null || !last.elements().equals(now.elements())) {
      since = time;
    }
    if (last == null || !last.complete() || !now.complete()) {
      completeSince = time;
    }
    last = now;
    return true;
  }

  boolean notSeen() {
    since = System.nanoTime();
    return false;
  }

  boolean isOver() {
    if (passed(start).compareTo(pageTimeout) >= 0) {
      return true;
    }
    if (last == null || !last.complete() || passed(since).compareTo(QUIET) < 0) {
      return false;
    }
    Duration quiet = last.posts() || settleTime.compareTo(QUIET) < 0 ? QUIET : settleTime;
    Duration longest = last.posts() ? settleTime : settleTime.multipliedBy(2);
    return last.scripts() && last.idle().compareTo(quiet) >= 0
        || passed(completeSince).compareTo(longest) >= 0;
  }

  LoginFields result() {
    if (last == null) {
      throw new LinkedInUnavailableException("no login page came in time");
    }
    return last;
  }

  private static Duration passed(long since) {
    return Duration.ofNanos(System.nanoTime() - since);
  }
}
