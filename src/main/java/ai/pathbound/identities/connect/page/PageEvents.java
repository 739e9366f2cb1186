package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.page.PageChanges.Seen;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/**
 * Answers of one event each (WHATWG HTML, "Server-sent events"): held until there is one, and then
 * over. A browser comes again by itself, so nothing need be kept open, and a proxy that collects
 * whole answers delays none.
 */
final class PageEvents {
  private static final String TYPE = "text/event-stream";
  private static final Duration AGAIN = Duration.ofMillis(500);
  private static final Duration LATER = Duration.ofSeconds(10);

  private PageEvents() {}

  static Response answer(Seen seen) {
    String event = seen == Seen.CHANGED ? "event: change\ndata: changed\n\n" : ": as before\n\n";
    Duration retry = seen == Seen.NOT_HELD ? LATER : AGAIN;
    return Response.ok("retry: " + retry.toMillis() + "\n" + event, TYPE).build();
  }
}
