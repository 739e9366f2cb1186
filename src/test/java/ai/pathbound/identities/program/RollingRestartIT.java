package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.history.History;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three replicas are replaced one after the other while people log in; nobody notices. */
@Tag("faults")
class RollingRestartIT {
  private static final int REPLICAS = 3;

  @Test
  void nobodyNotices() throws Exception {
    Map<String, String> settings =
        Map.of("QUARKUS_SHUTDOWN_DELAY", "4s", "IDENTITIES_LINKEDIN_SANDBOX_SLOW_FOR", "3s");
    List<Program> replicas = new CopyOnWriteArrayList<>();
    // As a Service does: it sends nothing more to a replica from shortly after it is not ready.
    List<Program> ready = new CopyOnWriteArrayList<>();
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(settings);
        RetryingClients crowd =
            new RetryingClients(() -> ready.stream().map(Program::url).toList())) {
      History history = new History(surroundings.owner());
      try {
        for (int i = 0; i < REPLICAS; i++) {
          add(replicas, ready, surroundings, "rolling-" + i);
        }
        crowd.keepLoggingIn(2, "ada@example.com");
        crowd.keepLoggingIn(1, "ada+slow@example.com");
        for (int i = 0; i < REPLICAS; i++) {
          int before = crowd.calls();
          Program old = replicas.get(0);
          add(replicas, ready, surroundings, "rolling-new-" + i);
          old.process().destroy();
          Awaitility.await()
              .atMost(Duration.ofSeconds(30))
              .pollInterval(Duration.ofMillis(50))
              .until(() -> ProgramClient.ready(old) != 200);
          ready.remove(old);
          old.ended();
          replicas.remove(old);
          assertTrue(crowd.calls() > before + 10, "there was no load");
        }
        crowd.stop();
        history.awaitEnds();
      } finally {
        replicas.forEach(Program::close);
      }
      assertEquals(List.of(), crowd.failures());
      assertEquals(List.of(), history.complaints(crowd.rows(), Optional.empty()));
      assertEquals(
          Map.of("completed", (long) crowd.logins().size()),
          crowd.rows().stream()
              .collect(Collectors.groupingBy(history::standing, Collectors.counting())));
    }
  }

  private static void add(
      List<Program> replicas,
      List<Program> ready,
      ProductionEnvironment surroundings,
      String name) {
    Program replica = Program.start(name, surroundings.environment());
    replicas.add(replica);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ProgramClient.ready(replica) == 200);
    ready.add(replica);
  }
}
