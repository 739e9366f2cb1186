package ai.pathbound.identities.login.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.MigratedServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many statements a login costs, as PostgreSQL counts them; no timer runs meanwhile. */
@QuarkusTest
@Tag("faults")
@TestProfile(StatementsPerLoginTest.Counted.class)
class StatementsPerLoginTest {
  /** On a server that counts statements. */
  public static class Counted implements QuarkusTestProfile {
    private static EmbeddedPostgres server;

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.datasource.reactive.url", "postgresql://localhost:" + port() + "/postgres",
          "quarkus.datasource.username", "postgres",
          "quarkus.datasource.password", "postgres",
          "identities.linkedin.logins-per-hour", "1000",
          "identities.linkedin.worker.poll-interval", "1h",
          "identities.webhooks.poll-interval", "1h");
    }

    private static synchronized int port() {
      try {
        if (server == null) {
          server =
              MigratedServer.builder()
                  .setServerConfig("max_connections", "200")
                  .setServerConfig("fsync", "off")
                  .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                  .start();
        }
        return server.getPort();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int AT_ONCE = 16;
  private static final String QUIET =
      """
      select 1 where not exists (select 1 from login_session where finished_at is null)
        and not exists (select 1 from abandoned_browser)
        and not exists (
          select 1 from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle')
      """;
  // What goes on by itself: the listening connection's sign of life, readiness, polls of clients,
  // links that expire; and autovacuum, which asks what is in the indexes of sealing keys.
  private static final String CALLS =
      """
      select query, calls from pg_stat_statements
      where query not in ('select $1', 'select 1') and query not like '%pg_stat%'
        and query not like '%flyway_schema_history%' and query not like '%sealed_kid%'
        and query not like 'select status, count%' and query not like 'select * from login_session%'
        and query not like 'select count(*)%' and query not like 'with mine as%'
        and query not like 'deallocate%' and query not like 'listen %'
        and query not like '%split_part(sealed%' and query not like '%from connect_link where finished_at%'
      order by calls desc, query
      """;

  private static final int LOOP = 30;
  private static final String READ_FROM_END_TO_END =
      """
      select relname, seq_tup_read from pg_stat_user_tables
      where relname not in ('login_pause', 'flyway_schema_history') order by relname
      """;

  @Inject Pool pool;

  private final Client client = Client.ofNewTenant();

  @BeforeEach
  void count() {
    pool.query("create extension if not exists pg_stat_statements").executeAndAwait();
    // What is done once: statements are prepared, plans made.
    logIn("ada@example.com");
  }

  private void reset() {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> pool.query(QUIET).executeAndAwait().size() == 1);
    pool.query("select pg_stat_statements_reset()").executeAndAwait();
  }

  private String logIn(String username) {
    String identity = client.newIdentity();
    reset();
    client.ended(identity, client.loggingIn(identity, username));
    return identity;
  }

  private Map<String, Long> calls() {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> pool.query(QUIET).executeAndAwait().size() == 1);
    Map<String, Long> calls = new LinkedHashMap<>();
    for (Row row : pool.query(CALLS).executeAndAwait()) {
      calls.put(row.getString(0).strip().replaceAll("\\s+", " "), row.getLong(1));
    }
    return calls;
  }

  private static long sum(Map<String, Long> calls, Predicate<String> which) {
    return calls.entrySet().stream()
        .filter(call -> which.test(call.getKey()))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static void print(String what, Map<String, Long> calls, int logins) {
    StringBuilder table = new StringBuilder(what);
    table.append(": ").append(sum(calls, any -> true)).append(" statements\n");
    calls.forEach(
        (query, times) ->
            table.append(
                "%6d  %s%n".formatted(times, query.substring(0, Math.min(90, query.length())))));
    System.out.println(
        table.append("per login ").append(sum(calls, any -> true) / (double) logins));
  }

  @Test
  void aLoginAloneIsTwoDozenStatementsWithItsBeginningsAndCommits() {
    logIn("ada@example.com");
    Map<String, Long> calls = calls();
    print("one login", calls, 1);
    assertEquals(1, sum(calls, query -> query.contains("credentials_sent_at = case")));
    assertTrue(sum(calls, any -> true) <= 24, calls.toString());
  }

  @Test
  void loginsThatAreDrivenTogetherShareTheirStatements() {
    pool.query("select pause_logins()").executeAndAwait();
    List<String> identities = new ArrayList<>();
    List<String> sessions = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      identities.add(client.newIdentity());
      sessions.add(client.loggingIn(identities.get(i), "ada@example.com"));
    }
    pool.query("select resume_logins()").executeAndAwait();
    pool.query("select pg_stat_statements_reset()").executeAndAwait();
    pool.query("notify login_due").executeAndAwait();
    for (int i = 0; i < AT_ONCE; i++) {
      client.ended(identities.get(i), sessions.get(i));
    }
    Map<String, Long> calls = calls();
    print(AT_ONCE + " logins together, from the claim on", calls, AT_ONCE);
    // Of each login its row and its profile; all else is shared.
    long own = sum(calls, query -> query.contains("update login_session s set status ="));
    assertTrue(sum(calls, any -> true) - 2 * own < 3 * AT_ONCE, calls.toString());
  }

  /** No poll comes to help: with each that ends, one of those that wait goes on. */
  @Test
  void moreLoginsThanSlotsEndWithoutAPoll() {
    pool.query("select pause_logins()").executeAndAwait();
    Map<String, String> sessions = new LinkedHashMap<>();
    for (int i = 0; i < 3 * AT_ONCE + 1; i++) {
      String identity = client.newIdentity();
      sessions.put(identity, client.loggingIn(identity, "ada@example.com"));
    }
    pool.query("select resume_logins()").executeAndAwait();
    pool.query("notify login_due").executeAndAwait();
    sessions.forEach(client::ended);
  }

  /** What is told of while there is no slot, is not forgotten. */
  @Test
  void loginsThatComeWhileAllSlotsAreTakenEndWithoutAPoll() {
    Map<String, String> sessions = new LinkedHashMap<>();
    for (int i = 0; i < AT_ONCE + 3; i++) {
      String identity = client.newIdentity();
      sessions.put(
          identity,
          client.loggingIn(identity, i < AT_ONCE ? "ada+slow@example.com" : "ada@example.com"));
    }
    sessions.forEach(client::ended);
  }

  @Test
  void aTransitionCostsOneLookForEndpointsWhereThereAreNone() {
    String identity = logIn("ada+expired@example.com");
    assertEquals(1, sum(calls(), query -> query.contains("webhook_endpoint")));
    reset();
    String session =
        client
            .json(Map.of())
            .post(Client.IDENTITIES + "/" + identity + "/linkedin/login")
            .path("login_result.session_id");
    assertEquals("failed", client.ended(identity, session).getString("login_result.status"));
    Map<String, Long> calls = calls();
    assertEquals(1, sum(calls, query -> query.startsWith("update linkedin_profile set connected")));
    assertEquals(1, sum(calls, query -> query.contains("webhook_endpoint")), calls.toString());
  }

  @Test
  void noLoginReadsATableFromEndToEnd() {
    long identities = inserted();
    Map<String, Long> before = readFromEndToEnd();
    for (int i = 0; i < LOOP; i++) {
      client.connect(client.newIdentity(), "ada@example.com");
    }
    // Connections tell what they did a moment later.
    Awaitility.await().atMost(PATIENCE).until(() -> inserted() >= identities + LOOP);
    assertEquals(before, readFromEndToEnd());
  }

  private long inserted() {
    return pool.query("select n_tup_ins from pg_stat_user_tables where relname = 'login_session'")
        .executeAndAwait()
        .iterator()
        .next()
        .getLong(0);
  }

  private Map<String, Long> readFromEndToEnd() {
    Map<String, Long> rows = new LinkedHashMap<>();
    pool.query(READ_FROM_END_TO_END)
        .executeAndAwait()
        .forEach(row -> rows.put(row.getString(0), row.getLong(1)));
    return rows;
  }
}
