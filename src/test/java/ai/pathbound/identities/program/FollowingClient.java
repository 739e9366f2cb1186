package ai.pathbound.identities.program;

import ai.pathbound.identities.EventStream;
import ai.pathbound.identities.EventStream.Event;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Follows one login to its end, as the standard says (WHATWG HTML, section 9.2): whenever its
 * stream ends it connects again, with the id of the last event it has seen, until it is told 204.
 */
final class FollowingClient implements Callable<FollowingClient.Seen> {
  private static final Duration GIVE_UP = Duration.ofMinutes(5);

  private final Supplier<List<String>> replicas;
  private final String path;
  private final String token;
  private final List<Event> events = new ArrayList<>();
  private int connections;
  private volatile boolean connected;

  /** Asks the replicas at those URLs, any of them. */
  FollowingClient(Supplier<List<String>> replicas, String path, String token) {
    this.replicas = replicas;
    this.path = path;
    this.token = token;
  }

  /** What it was told, and how often it had to connect. */
  record Seen(List<Event> events, int connections) {
    Event last() {
      return events.get(events.size() - 1);
    }
  }

  /** Whether it was told of the login. */
  boolean isConnected() {
    return connected;
  }

  @Override
  public Seen call() throws InterruptedException {
    long end = System.nanoTime() + GIVE_UP.toNanos();
    while (System.nanoTime() < end) {
      Optional<String> last =
          events.isEmpty() ? Optional.empty() : Optional.of(events.get(events.size() - 1).id());
      List<String> urls = replicas.get();
      String url = urls.get(ThreadLocalRandom.current().nextInt(urls.size())) + path;
      try (EventStream stream = EventStream.open(url, token, last)) {
        if (stream.status() == 204) {
          return new Seen(events, connections);
        }
        if (stream.status() != 200) {
          throw new AssertionError(url + " is answered " + stream.status());
        }
        connections++;
        for (Optional<Event> event = stream.next(); event.isPresent(); event = stream.next()) {
          events.add(event.get());
          connected = true;
        }
      } catch (UncheckedIOException e) {
        // That replica has gone: the next one.
        Thread.sleep(100);
      }
    }
    throw new AssertionError("it goes on: " + events);
  }
}
