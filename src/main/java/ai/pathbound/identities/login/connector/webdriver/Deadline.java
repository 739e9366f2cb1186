package ai.pathbound.identities.login.connector.webdriver;

import java.time.Duration;

/**
 * An end of waiting in a page.
 *
 * @param at of {@link System#nanoTime}
 */
record Deadline(long at) {
  /** The one that lies so far ahead. */
  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  boolean isOver() {
    return System.nanoTime() - at >= 0;
  }
}
