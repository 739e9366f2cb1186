package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ended logins are forgotten, and nothing else. */
class RetentionTest {
  private static final int BATCH = 1000;
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** One login of each of so many new identities; the tenant's name says which they are. */
  private static final String IDENTITIES =
      """
      insert into identity
      select '%1$s', gen_random_uuid(), 'Ada', 'Lovelace', 'CTO', now(), now()
      from generate_series(1, %2$d);
      insert into linkedin_profile (tenant_id, identity_id, profile_id, country)
      select tenant_id, id, gen_random_uuid(), 'US' from identity where tenant_id = '%1$s';
      """;

  private static final String ENDED =
      IDENTITIES
          + """
          insert into login_session
            (tenant_id, id, identity_id, profile_id, country, verification_wait_s, status, failure,
             created_at, updated_at, finished_at)
          select tenant_id, gen_random_uuid(), identity_id, profile_id, 'US', 600, '%4$s',
            case '%4$s' when 'failed' then 'cancelled' end, at - interval '1 minute', at, at
          from linkedin_profile, (values (timestamptz '%3$s')) as ends (at)
          where tenant_id = '%1$s'
          """;

  private static final String UNFINISHED =
      IDENTITIES
          + """
          insert into login_session
            (tenant_id, id, identity_id, profile_id, country, verification_wait_s, status, due_at,
             deadline_at, challenge, verification_expires_at, created_at, updated_at)
          select tenant_id, gen_random_uuid(), identity_id, profile_id, 'US', 600, '%4$s',
            case when '%4$s' <> 'awaiting_2fa' then at end, at,
            case '%4$s' when 'awaiting_2fa' then 'sms_code'
              when 'awaiting_email' then 'email_link' end,
            case when '%4$s' like 'awaiting%%' then at end, at, at
          from linkedin_profile, (values (timestamptz '%3$s')) as begins (at)
          where tenant_id = '%1$s'
          """;

  private static TestStore store;

  @BeforeAll
  static void start() {
    store = new TestStore();
  }

  @AfterAll
  static void stop() throws IOException {
    store.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    execute("truncate identity cascade");
  }

  /** What ended before this is forgotten. */
  private static Instant kept() {
    return store.clock.instant().minus(store.settings.keep());
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = store.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Set<String> words(String query) throws SQLException {
    try (Connection connection = store.owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      Set<String> words = new HashSet<>();
      while (rows.next()) {
        words.add(rows.getString(1));
      }
      return words;
    }
  }

  private static Set<String> left() throws SQLException {
    return words("select tenant_id || ' ' || count(*) from login_session group by tenant_id");
  }

  private static void prune() {
    store.run(store.stranded.prune());
  }

  @Test
  void anEndedLoginIsForgottenOnceItIsOlderThanItIsKept() throws SQLException {
    execute(ENDED.formatted("too-old", 1, kept().minus(SECOND), "completed"));
    execute(ENDED.formatted("too-old-failed", 1, kept().minus(SECOND), "failed"));
    execute(ENDED.formatted("as-old", 1, kept(), "completed"));
    execute(ENDED.formatted("younger", 1, kept().plus(SECOND), "completed"));
    execute(ENDED.formatted("younger-failed", 1, kept().plus(SECOND), "failed"));
    prune();
    assertEquals(Set.of("as-old 1", "younger 1", "younger-failed 1"), left());
    store.clock.advance(SECOND);
    prune();
    assertEquals(Set.of("younger 1", "younger-failed 1"), left());
  }

  @Test
  void aLoginThatHasNotEndedIsNeverForgotten() throws SQLException {
    Instant longAgo = kept().minus(Duration.ofDays(3650));
    for (String status : Set.of("queued", "running", "awaiting_2fa", "awaiting_email")) {
      execute(UNFINISHED.formatted(status, 1, longAgo, status));
    }
    execute(ENDED.formatted("ended", 1, longAgo, "completed"));
    prune();
    assertEquals(Set.of("queued 1", "running 1", "awaiting_2fa 1", "awaiting_email 1"), left());
  }

  @Test
  void moreThanABatchTakesAnotherRoundAndTheOldestAreFirst() throws SQLException {
    execute(ENDED.formatted("old", 5, kept().minus(SECOND), "completed"));
    execute(ENDED.formatted("older", BATCH, kept().minus(SECOND).minus(SECOND), "completed"));
    prune();
    assertEquals(Set.of("old 5"), left());
    prune();
    assertEquals(Set.of(), left());
  }

  @Test
  void whatIsForgottenIsVacuumedLongBeforeAFifthOfTheTableIsDead() throws SQLException {
    assertEquals(
        Set.of(
            "fillfactor=70",
            "autovacuum_vacuum_scale_factor=0.02",
            "autovacuum_vacuum_threshold=200",
            "autovacuum_analyze_scale_factor=0.02"),
        words("select unnest(reloptions) from pg_class where oid = 'login_session'::regclass"));
  }
}
