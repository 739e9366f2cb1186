package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ended logins are forgotten, and nothing else. */
class RetentionTest {
  private static final int BATCH = 1000;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);

  // One login of each identity of a tenant, whose name says which they are.
  private static final String ENDED =
      """
      insert into login_session
        (tenant_id, id, identity_id, profile_id, country, verification_wait_s, status, failure,
         created_at, updated_at, finished_at)
      select tenant_id, gen_random_uuid(), identity_id, profile_id, 'US', 600, '%3$s',
        case '%3$s' when 'failed' then 'cancelled' end, at - interval '1 minute', at, at
      from linkedin_profile, (values (timestamptz '%2$s')) as ends (at)
      where tenant_id = '%1$s'
      """;

  private static final String UNFINISHED =
      """
      insert into login_session
        (tenant_id, id, identity_id, profile_id, country, verification_wait_s, status, due_at,
         deadline_at, challenge, verification_expires_at, created_at, updated_at)
      select tenant_id, gen_random_uuid(), identity_id, profile_id, 'US', 600, '%3$s',
        case when '%3$s' <> 'awaiting_2fa' then at end, at,
        case '%3$s' when 'awaiting_2fa' then 'sms_code'
          when 'awaiting_email' then 'email_link' end,
        case when '%3$s' like 'awaiting%%' then at end, at, at
      from linkedin_profile, (values (timestamptz '%2$s')) as begins (at)
      where tenant_id = '%1$s'
      """;

  @AutoClose private static final TestStore store = new TestStore();

  @BeforeEach
  void empty() throws SQLException {
    store.execute("truncate identity cascade");
  }

  /** What ended before this is forgotten. */
  private static Instant kept() {
    return store.now().minus(store.settings.keep());
  }

  /** So many logins of that tenant, as one of the statements above makes them. */
  private static void insert(String logins, String tenant, int count, Instant at, String status)
      throws SQLException {
    store.insertIdentities(tenant, count);
    store.execute(logins.formatted(tenant, at, status));
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
    insert(ENDED, "too-old", 1, kept().minus(SECOND), "completed");
    insert(ENDED, "too-old-failed", 1, kept().minus(SECOND), "failed");
    insert(ENDED, "younger", 1, kept().plus(HOUR), "completed");
    insert(ENDED, "younger-failed", 1, kept().plus(HOUR), "failed");
    insert(ENDED, "much-younger", 1, kept().plus(HOUR.multipliedBy(2)), "completed");
    prune();
    assertEquals(Set.of("younger 1", "younger-failed 1", "much-younger 1"), left());
    store.letPass(HOUR);
    prune();
    assertEquals(Set.of("much-younger 1"), left());
  }

  @Test
  void aLoginThatHasNotEndedIsNeverForgotten() throws SQLException {
    Instant longAgo = kept().minus(Duration.ofDays(3650));
    for (String status : Set.of("queued", "running", "awaiting_2fa", "awaiting_email")) {
      insert(UNFINISHED, status, 1, longAgo, status);
    }
    insert(ENDED, "ended", 1, longAgo, "completed");
    prune();
    assertEquals(Set.of("queued 1", "running 1", "awaiting_2fa 1", "awaiting_email 1"), left());
  }

  @Test
  void moreThanABatchTakesAnotherRoundAndTheOldestAreFirst() throws SQLException {
    insert(ENDED, "old", 5, kept().minus(SECOND), "completed");
    insert(ENDED, "older", BATCH, kept().minus(SECOND).minus(SECOND), "completed");
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
