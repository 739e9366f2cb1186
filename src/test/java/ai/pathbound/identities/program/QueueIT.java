package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.history.History;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How a replica is woken, and what it leaves to others. */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueueIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  // So rarely that nothing in these tests is found by it.
  private static final Map<String, String> NO_POLL =
      Map.of("IDENTITIES_LINKEDIN_WORKER_POLL_INTERVAL", "10m");
  private static final String CLAIMS_UNDER_WAY =
      "select count(*) from pg_stat_activity"
          + " where state = 'active' and query like 'with recursive tenant%'";
  private static final String STALL =
      """
      create function stall() returns trigger language plpgsql as $$
      begin
        if old.browser_sealed is null and new.browser_sealed is not null then
          perform pg_advisory_xact_lock_shared(7);
        end if;
        return new;
      end $$;
      create trigger stall before update on login_session for each row execute function stall();
      """;

  private ProductionEnvironment surroundings;
  private History history;

  @BeforeAll
  void start() {
    surroundings = ProductionEnvironment.start(Map.of("IDENTITIES_DATABASE_PATIENCE", "60s"));
    history = new History(surroundings.owner());
  }

  @AfterAll
  void stop() {
    surroundings.close();
  }

  private Map<String, String> with(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(surroundings.environment());
    environment.putAll(more);
    return environment;
  }

  private static RetryingClients crowd(Program program) {
    return new RetryingClients(() -> List.of(program.url()));
  }

  @Test
  void whatNoNotificationToldOfIsFoundByThePoll() {
    history.execute("alter table login_session disable trigger notify_login");
    try (Program program = Program.start("queue-polls", surroundings.environment());
        RetryingClients crowd = crowd(program)) {
      crowd.logIn("a", "ada@example.com");
      history.awaitEnds();
    } finally {
      history.execute("alter table login_session enable trigger notify_login");
    }
  }

  @Test
  void aBusyWorkerLeavesConnectionsToTheApi() throws Exception {
    history.execute(STALL);
    Map<String, String> busy =
        Map.of(
            "QUARKUS_DATASOURCE_REACTIVE_MAX_SIZE", "8",
            "IDENTITIES_LINKEDIN_WORKER_SLOTS", "100");
    try (Program program = Program.start("queue-busy", with(busy));
        RetryingClients crowd = crowd(program);
        Connection stalling = surroundings.owner().getConnection();
        Statement lock = stalling.createStatement()) {
      lock.execute("select pg_advisory_lock(7)");
      for (int i = 0; i < 20; i++) {
        crowd.logIn("a", "ada@example.com");
      }
      // Three that write, and the others wait to write together.
      Awaitility.await().atMost(SOON).until(() -> history.count(DatabaseActivity.STALLED) == 3);
      ProgramClient.Reply reply = ProgramClient.identities(program);
      assertEquals(200, reply.status(), reply.toString());
      assertEquals(3, history.count(DatabaseActivity.STALLED));
      lock.execute("select pg_advisory_unlock(7)");
      history.awaitEnds();
      assertTrue(crowd.failures().isEmpty(), crowd.failures().toString());
    } finally {
      history.execute("drop trigger stall on login_session");
    }
  }

  /** One program, for tests that begin once it listens. */
  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class WithoutAPoll {
    private Program program;
    private RetryingClients crowd;

    @BeforeAll
    void start() {
      program = Program.start("queue-no-poll", with(NO_POLL));
      crowd = crowd(program);
    }

    @AfterAll
    void stop() {
      crowd.close();
      program.close();
    }

    @BeforeEach
    void itListens() {
      Awaitility.await().atMost(SOON).until(() -> history.count(DatabaseActivity.LISTENERS) == 1);
    }

    @Test
    void aThousandNotificationsAreOneClaim() throws Exception {
      crowd.logIn("a", "ada@example.com");
      history.awaitEnds();
      try (Connection locking = surroundings.owner().getConnection();
          Statement lock = locking.createStatement()) {
        locking.setAutoCommit(false);
        lock.execute("lock table login_session in exclusive mode");
        for (int i = 0; i < 1000; i++) {
          history.execute("notify login_due");
        }
        Awaitility.await().atMost(SOON).until(() -> history.count(CLAIMS_UNDER_WAY) == 1);
        // What else is notified waits for this claim, and does not claim beside it.
        history.execute("notify login_due");
        assertEquals(200, ProgramClient.identities(program).status());
        assertEquals(1, history.count(CLAIMS_UNDER_WAY));
        locking.commit();
      }
      crowd.logIn("a", "ada@example.com");
      history.awaitEnds();
    }

    @Test
    void aLostListenerComesBackByItself() {
      assertEquals(1, history.count(DatabaseActivity.END_LISTENERS));
      Awaitility.await().atMost(SOON).until(() -> history.count(DatabaseActivity.LISTENERS) == 1);
      crowd.logIn("a", "ada@example.com");
      history.awaitEnds();
    }
  }
}
