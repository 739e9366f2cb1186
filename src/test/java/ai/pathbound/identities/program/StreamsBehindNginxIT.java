package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.EventStream;
import ai.pathbound.identities.EventStream.Event;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.program.LoginRows.LoginRow;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A stream over a proxy that buffers answers, as nginx does unless it is told otherwise. Each event
 * must come within a second, before the next one is triggered; on a machine that stands still for
 * longer, a second counts only where polls over the same proxy were answered in it.
 */
@Tag("faults")
class StreamsBehindNginxIT {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int CHANGES = 30;
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  /** So many in a second are few for a machine that has time for this, and many for one without. */
  private static final int POLLS = 40;

  @Test
  void everyEventComesWithinASecondAndBeforeTheNextOneIsTriggered() throws Exception {
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(Map.of());
        Program program = Program.start("nginx-program", surroundings.environment());
        NginxProxy proxy = new NginxProxy(program.url())) {
      LoginRows rows = new LoginRows(surroundings.owner());
      List<LoginRow> logins = rows.insert("nginx", 2);
      LoginRow login = logins.get(0);
      String token = Tokens.of("nginx", "tester", Tokens.BOTH);
      HttpRequest poll =
          HttpRequest.newBuilder(URI.create(proxy.url() + logins.get(1).path()))
              .header("Authorization", "Bearer " + token)
              .build();
      try (EventStream stream =
          EventStream.open(proxy.url() + login.path(), token, Optional.empty())) {
        assertEquals(200, stream.status());
        assertEquals("1", stream.next().orElseThrow().id());
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
          long version = rows.askAnew(login);
          times.add(awaitEvent(stream, poll));
          Event event = stream.next().orElseThrow();
          assertEquals(Long.toString(version), event.id());
        }
        times.sort(null);
        System.out.printf(
            "of %d events over nginx the slowest came after %d ms, half of them within %d ms%n",
            CHANGES, times.get(CHANGES - 1).toMillis(), times.get(CHANGES / 2).toMillis());
        stream.awaitComment();
      }
    }
  }

  /** How long it took, from now on. */
  private static Duration awaitEvent(EventStream stream, HttpRequest poll)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    int answered = 0;
    while (!stream.hasCome()) {
      HTTP.send(poll, HttpResponse.BodyHandlers.discarding());
      answered++;
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      assertTrue(
          took.compareTo(A_SECOND) < 0 || answered < POLLS,
          answered + " polls were answered in " + took + ", and no event came");
    }
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
