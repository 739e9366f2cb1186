package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.login.history.Change;
import ai.pathbound.identities.login.history.History;
import ai.pathbound.identities.login.history.HistoryCheck;
import ai.pathbound.identities.login.history.ToldTransitions;
import ai.pathbound.identities.program.RetryingClients.ClientLogin;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A worker dies, or stands still, in every state that a login can be in; another one goes on. */
@Tag("faults")
class KillIT {
  private static final Duration LEASE = Duration.ofSeconds(2);
  // A worker that was stopped wakes with broken connections, on a machine that does other things.
  private static final Duration TAKE_OVER = LEASE.plusSeconds(30);
  private static final List<String> TENANTS = List.of("a", "b", "code", "opening", "typing");
  private static final Map<String, String> SETTINGS =
      Map.of(
          // What is told is counted in the outbox.
          "IDENTITIES_WEBHOOKS_SLOTS", "0",
          "IDENTITIES_LINKEDIN_WORKER_LEASE", LEASE.toSeconds() + "s",
          "IDENTITIES_LINKEDIN_SANDBOX_SLOW_FOR", "20s",
          "IDENTITIES_LINKEDIN_SANDBOX_CONFIRM_AFTER", "20s");

  // Statements of logins of some tenants stand still while somebody holds the lock 7.
  private static final String STALL =
      """
      create function stall() returns trigger language plpgsql as $$
      begin
        if new.tenant_id = 'opening' and old.browser_sealed is null
              and new.browser_sealed is not null
            or new.tenant_id = 'typing' and old.credentials_sent_at is not null
              and new.browser_sealed is distinct from old.browser_sealed
            or new.tenant_id = 'code' and old.code_sealed is not null
              and new.code_sealed is null and new.status = old.status then
          perform pg_advisory_xact_lock_shared(7);
        end if;
        return new;
      end $$;
      create trigger stall before update on login_session for each row execute function stall();
      """;

  /** What a killed worker leaves behind, and what becomes of it. */
  private record Left(String status, String end) {}

  @Test
  void anotherWorkerGoesOnWithWhateverAKilledOneLeaves() throws Exception {
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(SETTINGS);
        Program other = Program.start("kill-other", surroundings.environment());
        Program killed = Program.start("kill-killed", with(surroundings, 5));
        RetryingClients crowd = new RetryingClients(() -> List.of(killed.url()));
        RetryingClients afterwards = new RetryingClients(() -> List.of(other.url()));
        Connection stalling = surroundings.owner().getConnection();
        Statement lock = stalling.createStatement()) {
      History history = new History(surroundings.owner());
      ToldTransitions told = new ToldTransitions(surroundings.owner(), TENANTS);
      history.execute(STALL);
      lock.execute("select pg_advisory_lock(7)");
      other.signal("STOP");

      Map<ClientLogin, Left> logins = new LinkedHashMap<>();
      ClientLogin codeMissing = crowd.logIn("a", "ada+2fa@example.com");
      logins.put(codeMissing, new Left("awaiting_2fa", "completed"));
      ClientLogin codeQueued = crowd.logIn("a", "ada+sms@example.com");
      logins.put(codeQueued, new Left("queued", "completed"));
      ClientLogin codeClaimed = crowd.logIn("code", "ada+2fa@example.com");
      logins.put(codeClaimed, new Left("running", "completed"));
      ClientLogin codeTaken = crowd.logIn("a", "ada+2fa+slow@example.com");
      logins.put(codeTaken, new Left("running", "completed"));
      for (ClientLogin login : logins.keySet()) {
        awaitStanding(history, login, "awaiting_2fa");
      }
      ClientLogin confirmed = crowd.logIn("a", "ada+email@example.com");
      logins.put(confirmed, new Left("awaiting_email", "completed"));
      awaitStanding(history, confirmed, "awaiting_email");
      crowd.code(codeClaimed);
      crowd.code(codeTaken);
      logins.put(crowd.logIn("opening", "ada@example.com"), new Left("running", "completed"));
      logins.put(crowd.logIn("typing", "ada@example.com"), new Left("running", "interrupted"));
      ClientLogin slow = crowd.logIn("a", "ada+slow@example.com");
      logins.put(slow, new Left("running", "completed"));
      // Or else the look at the one that waits may be the fifth that is held.
      awaitStanding(history, slow, "running");
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  history.count(DatabaseActivity.HELD) == 5
                      && history.count(DatabaseActivity.STALLED) == 3);
      // Every slot is taken: nobody claims these.
      logins.put(crowd.logIn("a", "ada@example.com"), new Left("queued", "completed"));
      crowd.code(codeQueued);

      Instant died = history.now();
      killed.signal("KILL");
      killed.process().waitFor();
      logins.forEach((login, left) -> assertEquals(left.status(), history.standing(login.row())));
      history.count(DatabaseActivity.END_STALLED);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> history.count(DatabaseActivity.STALLED) == 0);
      lock.execute("select pg_advisory_unlock(7)");
      other.signal("CONT");

      afterwards.code(codeMissing);
      history.awaitEnds();
      logins.forEach((login, left) -> assertEquals(left.end(), history.standing(login.row())));
      assertEquals(
          List.of(),
          history.complaints(
              crowd.rows(), Optional.of(new HistoryCheck.TakeOver(died, TAKE_OVER))));
      assertEquals(List.of(), told.complaints());
    }
  }

  @Test
  void aWorkerThatWakesUpAfterItsLeaseWritesNothing() throws Exception {
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(SETTINGS);
        Program other = Program.start("zombie-other", surroundings.environment());
        Program zombie = Program.start("zombie", with(surroundings, 5));
        RetryingClients crowd = new RetryingClients(() -> List.of(zombie.url()))) {
      History history = new History(surroundings.owner());
      ToldTransitions told = new ToldTransitions(surroundings.owner(), TENANTS);
      other.signal("STOP");
      for (int i = 0; i < 3; i++) {
        crowd.logIn("a", "ada+slow@example.com");
      }
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> history.count(DatabaseActivity.HELD) == 3);

      Instant died = history.now();
      zombie.signal("STOP");
      other.signal("CONT");
      history.awaitEnds();
      int written = history.changes().size();

      other.signal("STOP");
      zombie.signal("CONT");
      // It is awake again once it drives something new, and by then has done what it was about to.
      List<ClientLogin> before = crowd.logins();
      ClientLogin proof = crowd.logIn("b", "ada+slow@example.com");
      history.awaitEnds();
      assertEquals("completed", history.standing(proof.row()));
      assertEquals(
          written,
          history.changes().stream()
              .filter(change -> before.stream().anyMatch(is(change)))
              .count());
      before.forEach(login -> assertEquals("completed", history.standing(login.row())));
      assertEquals(
          List.of(),
          history.complaints(
              crowd.rows(), Optional.of(new HistoryCheck.TakeOver(died, TAKE_OVER))));
      assertEquals(List.of(), told.complaints());
    }
  }

  private static Predicate<ClientLogin> is(Change change) {
    return login -> login.row().toString().equals(change.session());
  }

  /** With so many slots, and much patience with a database that stands still. */
  private static Map<String, String> with(ProductionEnvironment surroundings, int slots) {
    Map<String, String> environment = new LinkedHashMap<>(surroundings.environment());
    environment.put("IDENTITIES_LINKEDIN_WORKER_SLOTS", Integer.toString(slots));
    environment.put("IDENTITIES_DATABASE_PATIENCE", "60s");
    return environment;
  }

  private static void awaitStanding(History history, ClientLogin login, String status) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> history.standing(login.row()).equals(status));
  }
}
