package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.history.History;
import ai.pathbound.identities.login.history.HistoryCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One replica of two is cut off from the database, silently and then plainly. */
@Tag("faults")
class PartitionIT {
  private static final Duration LEASE = Duration.ofSeconds(2);
  // A worker that was stopped wakes with broken connections, on a machine that does other things.
  private static final Duration TAKE_OVER = LEASE.plusSeconds(30);
  // For a connection and then for a statement, at identities.database.patience; and a slow machine.
  private static final Duration QUICK = Duration.ofSeconds(40);
  private static final Duration PARTITION = Duration.ofSeconds(30);
  private static final Duration RECOVERY = Duration.ofSeconds(60);

  @Test
  void aReplicaThatIsCutOffRefusesQuicklyWhileTheOtherGoesOnAndRecoversByItself() throws Exception {
    Map<String, String> settings =
        Map.of(
            "IDENTITIES_LINKEDIN_WORKER_LEASE",
            LEASE.toSeconds() + "s",
            "IDENTITIES_LINKEDIN_SANDBOX_SLOW_FOR",
            "20s");
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(settings);
        TcpProxy proxy = new TcpProxy(surroundings.port());
        Program other = Program.start("partition-other", surroundings.environment());
        Program cutOff = Program.start("partition-cut-off", proxy.between(surroundings));
        RetryingClients crowd = new RetryingClients(() -> List.of(cutOff.url()))) {
      History history = new History(surroundings.owner());
      other.signal("STOP");
      for (int i = 0; i < 4; i++) {
        crowd.logIn("a", "ada+slow@example.com");
      }
      Awaitility.await().atMost(RECOVERY).until(() -> history.count(DatabaseActivity.HELD) == 4);

      Instant died = history.now();
      long silentSince = System.nanoTime();
      proxy.silence();
      other.signal("CONT");
      do {
        requireOutage(cutOff);
        Awaitility.await().atMost(RECOVERY).until(() -> ProgramClient.ready(other) == 200);
      } while (System.nanoTime() - silentSince < PARTITION.toNanos());
      history.awaitEnds();
      crowd.logins().forEach(login -> assertEquals("completed", history.standing(login.row())));

      proxy.heal();
      requireRecovery(cutOff, other, crowd, history);

      proxy.refuse();
      requireOutage(cutOff);
      proxy.restore();
      requireRecovery(cutOff, other, crowd, history);
      assertEquals(
          List.of(),
          history.complaints(
              crowd.rows(), Optional.of(new HistoryCheck.TakeOver(died, TAKE_OVER))));
      assertEquals(List.of(), crowd.wrong());
    }
  }

  private static void requireOutage(Program program) {
    ProgramClient.Reply reply = ProgramClient.identities(program);
    assertEquals(503, reply.status(), () -> reply + "\n" + program.errors());
    assertTrue(reply.saysWhen(), reply.toString());
    assertTrue(reply.body().contains("\"unavailable\""), reply.toString());
    assertTrue(reply.took().compareTo(QUICK) < 0, reply.toString());
    assertEquals(200, ProgramClient.live(program));
    assertEquals(503, ProgramClient.ready(program));
  }

  /** It is ready, answers, and drives logins while the other one does nothing. */
  private static void requireRecovery(
      Program program, Program other, RetryingClients crowd, History history) {
    Awaitility.await().atMost(RECOVERY).until(() -> ProgramClient.ready(program) == 200);
    Awaitility.await()
        .atMost(RECOVERY)
        .until(() -> ProgramClient.identities(program).status() == 200);
    other.signal("STOP");
    RetryingClients.ClientLogin login = crowd.logIn("b", "ada@example.com");
    history.awaitEnds();
    assertEquals("completed", history.standing(login.row()));
    other.signal("CONT");
  }
}
