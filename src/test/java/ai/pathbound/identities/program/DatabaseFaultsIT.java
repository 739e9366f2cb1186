package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.history.History;
import ai.pathbound.identities.program.RetryingClients.ClientLogin;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The database restarts, is killed, throws everybody out, or is held up, while people log in. */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseFaultsIT {
  // Long enough for the steps of 100 ms in which its end is seen.
  private static final int BATCH = 80;
  private static final String LOOK = "select count(*) from login_session";

  private ProductionEnvironment surroundings;
  private History history;
  private Postmaster postmaster;
  private Program one;
  private Program other;

  @BeforeAll
  void start() throws Exception {
    surroundings =
        ProductionEnvironment.startAlone(Map.of("IDENTITIES_LINKEDIN_WORKER_LEASE", "2s"));
    history = new History(surroundings.owner());
    postmaster = new Postmaster(surroundings.owner());
    one = Program.start("database-one", surroundings.environment());
    other = Program.start("database-other", surroundings.environment());
  }

  @AfterAll
  void stop() {
    one.close();
    other.close();
    surroundings.close();
  }

  @AfterEach
  void nobodyEndedByItself() {
    assertTrue(one.process().isAlive() && other.process().isAlive());
  }

  private RetryingClients crowd() {
    return new RetryingClients(() -> List.of(one.url(), other.url()));
  }

  /** Something that happens to the database. */
  private interface Fault {
    void happen() throws Exception;
  }

  /**
   * People log in before, during and after; nothing is lost or twice, and how fast it is is told.
   */
  private void survives(Fault fault) throws Exception {
    Duration before = batch();
    try (RetryingClients crowd = crowd()) {
      crowd.keepLoggingIn(3, "ada@example.com");
      crowd.keepLoggingIn(1, "ada+slow@example.com");
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> crowd.logins().size() > 10);
      fault.happen();
      int logins = crowd.logins().size();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> crowd.logins().size() > logins + 10);
      crowd.stop();
      history.awaitEnds();
      assertEquals(List.of(), history.complaints(crowd.rows(), Optional.empty()));
      assertEquals(List.of(), crowd.wrong());
      assertEquals(List.of(), crowd.logins().stream().filter(login -> failedBadly(login)).toList());
    }
    // Until they hear of what is due, they find it by their poll alone.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> history.count(DatabaseActivity.LISTENERS) == 2);
    System.out.printf(
        "%d logins: %d ms before the fault, %d ms after it%n",
        BATCH, before.toMillis(), batch().toMillis());
  }

  /** It may be interrupted, but LinkedIn is not to blame. */
  private boolean failedBadly(ClientLogin login) {
    return !List.of("completed", "interrupted").contains(history.standing(login.row()));
  }

  /** How long the same small batch takes. */
  private Duration batch() throws Exception {
    try (RetryingClients crowd = crowd()) {
      long begun = System.nanoTime();
      for (int i = 0; i < BATCH; i++) {
        crowd.logIn("batch", "ada@example.com");
      }
      history.awaitEnds();
      return Duration.ofNanos(System.nanoTime() - begun);
    }
  }

  @Test
  void aDatabaseThatIsRestartedAndOneThatIsKilledLoseNothing() throws Exception {
    survives(
        () -> {
          postmaster.restart("fast");
          postmaster.restart("immediate");
          postmaster.kill();
          postmaster.restart("fast");
        });
  }

  @Test
  void aStormThatEndsEveryConnectionLosesNothing() throws Exception {
    survives(
        () -> {
          AtomicInteger gusts = new AtomicInteger();
          Awaitility.await()
              .atMost(Duration.ofSeconds(60))
              .pollInterval(Duration.ofMillis(100))
              .until(
                  () -> {
                    history.count(DatabaseActivity.END_CONNECTIONS);
                    return gusts.incrementAndGet() == 40;
                  });
        });
  }

  @Test
  void connectionsThatAreHeldIdleInTransactionStopOnlyWhatTheyLock() throws Exception {
    survives(
        () -> {
          List<Connection> idle = new ArrayList<>();
          try (RetryingClients held = crowd();
              RetryingClients others = crowd()) {
            ClientLogin locked = held.logIn("locked", "ada+2fa@example.com");
            Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> history.standing(locked.row()).equals("awaiting_2fa"));
            for (int i = 0; i < 50; i++) {
              idle.add(idleInTransaction(i == 0 ? lock(locked) : LOOK));
            }
            CompletableFuture<Void> code = CompletableFuture.runAsync(() -> held.code(locked));
            others.logIn("others", "ada@example.com");
            // Refused, and not held for as long as the lock is.
            Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> held.failures().stream().anyMatch(f -> f.contains(" 503 ")));
            close(idle);
            code.join();
            assertEquals(List.of(), held.wrong());
          } finally {
            close(idle);
          }
        });
  }

  private Connection idleInTransaction(String sql) throws SQLException {
    Connection connection = surroundings.owner().getConnection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
    return connection;
  }

  private static String lock(ClientLogin login) {
    return "select 1 from login_session where id = '%s' for update".formatted(login.row());
  }

  private static void close(List<Connection> connections) throws SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
  }
}
