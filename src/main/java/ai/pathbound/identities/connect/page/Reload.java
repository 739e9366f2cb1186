package ai.pathbound.identities.connect.page;

import java.time.Duration;
import java.util.Optional;

/**
 * When a page is loaded anew where no script does it: at once, with an answer that is held until
 * something has changed. So nobody is interrupted before there is something to show.
 */
enum Reload {
  /** What is typed here would be lost. */
  NEVER(Optional.empty()),
  /** With an answer that is held. */
  HELD(Optional.of(Duration.ZERO)),
  /** Nothing is held just now: later. */
  LATER(Optional.of(Duration.ofSeconds(10)));

  private final Optional<Duration> after;

  Reload(Optional<Duration> after) {
    this.after = after;
  }

  /** The content of {@code http-equiv=refresh} of a page that shows {@code version}, or null. */
  String refresh(String path, String version) {
    return after
        .map(time -> time.toSeconds() + ";url=" + path + PageResource.AFTER_QUERY + version)
        .orElse(null);
  }
}
