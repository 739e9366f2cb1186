package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.EventStream;
import ai.pathbound.identities.EventStream.Event;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.program.LoginRows.LoginRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A stream over a proxy that buffers answers, as nginx does unless it is told otherwise. */
@Tag("faults")
class StreamsBehindNginxIT {
  private static final int CHANGES = 30;
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  @Test
  void everyEventComesBeforeTheNextOneIsTriggered() throws Exception {
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(Map.of());
        Program program = Program.start("nginx-program", surroundings.environment());
        NginxProxy proxy = new NginxProxy(program.url())) {
      LoginRows rows = new LoginRows(surroundings.owner());
      LoginRow login = rows.insert("nginx", 1).get(0);
      String token = Tokens.of("nginx", "tester", Tokens.BOTH);
      try (EventStream stream =
          EventStream.open(proxy.url() + login.path(), token, Optional.empty())) {
        assertEquals(200, stream.status());
        assertEquals("1", stream.next().orElseThrow().id());
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
          long version = rows.askAnew(login);
          long committed = System.nanoTime();
          Event event = stream.next().orElseThrow();
          Duration took = Duration.ofNanos(System.nanoTime() - committed);
          times.add(took);
          assertEquals(Long.toString(version), event.id());
        }
        times.sort(null);
        Duration slowest = times.get(CHANGES - 1);
        Duration usual = times.get(CHANGES / 2);
        System.out.printf(
            "of %d events over nginx the slowest came after %d ms, half of them within %d ms%n",
            CHANGES, slowest.toMillis(), usual.toMillis());
        assertTrue(slowest.compareTo(A_SECOND) < 0, "an event came only after " + slowest);
        stream.awaitComment();
      }
    }
  }
}
