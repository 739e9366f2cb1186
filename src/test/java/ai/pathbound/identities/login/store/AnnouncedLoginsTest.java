package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.database.ConnectionPool;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.tenant.TenantId;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Claims of logins that PostgreSQL told of. */
class AnnouncedLoginsTest {
  private static final TenantId TENANT = new TenantId("tenant");
  private static final int ENDED = 10_000;
  private static final String THEY_CAME =
      """
      insert into login_session
        (tenant_id, id, identity_id, profile_id, country, verification_wait_s, status, due_at,
         deadline_at, created_at, updated_at)
      select tenant_id, gen_random_uuid(), identity_id, profile_id, 'US', 600, 'queued',
        now(), now() + interval '1 day', now(), now()
      from linkedin_profile
      where not exists (
        select 1 from login_session s where s.identity_id = linkedin_profile.identity_id)
      """;
  private static final String THEY_WENT =
      """
      update login_session set status = 'completed', due_at = null, deadline_at = null,
        finished_at = now()
      where id <> '%s'
      """;

  @AutoClose private static final TestStore store = new TestStore();

  @BeforeEach
  void empty() throws SQLException {
    store.execute("truncate identity cascade");
  }

  private static DueLogin logIn() {
    IdentityId identity = store.newIdentity(TENANT);
    LoginSnapshot started = store.logIn(TENANT, identity);
    return new DueLogin(TENANT, started.facts().session());
  }

  private static Set<DueLogin> claim(int atMost, DueLogin... announced) {
    return store.run(store.queue.claim("a", atMost, List.of(announced))).stream()
        .map(claim -> new DueLogin(TENANT, claim.state().facts().session()))
        .collect(Collectors.toSet());
  }

  @Test
  void theyAreClaimedAndNoOthers() {
    DueLogin first = logIn();
    DueLogin second = logIn();
    DueLogin third = logIn();
    DueLogin gone = new DueLogin(TENANT, new SessionId(UUID.randomUUID()));
    DueLogin othersTenant = new DueLogin(new TenantId("other"), third.session());
    assertEquals(Set.of(first, second), claim(16, first, gone, second, othersTenant));
    assertEquals(Set.of(), claim(16, first, second));
    assertEquals(Set.of(third), claim(16, first, third));
  }

  @Test
  void noMoreThanAskedFor() {
    DueLogin first = logIn();
    DueLogin second = logIn();
    assertEquals(1, claim(1, first, second).size());
    assertEquals(1, claim(1, first, second).size());
    assertEquals(0, claim(1, first, second).size());
  }

  @Test
  void whatMayNotBeginYetIsNotClaimedEither() throws SQLException {
    DueLogin login = logIn();
    store.execute(
        """
        insert into abandoned_browser
          (id, tenant_id, identity_id, session_id, handle_sealed, created_at, due_at)
        select gen_random_uuid(), tenant_id, identity_id, gen_random_uuid(),
          'eyJraWQiOiJ0ZXN0In0.a.a.a.a', now(), now()
        from login_session
        """);
    assertEquals(Set.of(), claim(16, login));
    store.execute("delete from abandoned_browser");
    store.execute("update login_session set due_at = now() + interval '1 hour'");
    assertEquals(Set.of(), claim(16, login));
    store.execute("update login_session set due_at = now()");
    assertEquals(Set.of(login), claim(16, login));
  }

  /**
   * While a snapshot from before is held, PostgreSQL must keep what each login that ended has left
   * in the queue's index.
   */
  @Test
  void aClaimReadsNoMoreForWhatAnOldSnapshotKeeps() throws SQLException, IOException {
    store.insertIdentities(TENANT.value(), ENDED);
    DueLogin login = logIn();
    String named =
        ", array['%s'], array['%s'::uuid]".formatted(TENANT.value(), login.session().uuid());
    long wholeBefore = read(ClaimStatement.WHAT_IS_DUE, "");
    long namedBefore = read(ClaimStatement.WHAT_WAS_ANNOUNCED, named);
    try (Connection old = store.owner().getConnection();
        Statement holding = old.createStatement()) {
      old.setAutoCommit(false);
      old.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      holding.executeQuery("select count(*) from login_session").close();
      store.execute(THEY_CAME);
      store.execute(THEY_WENT.formatted(login.session().uuid()));
      long whole = read(ClaimStatement.WHAT_IS_DUE, "") - wholeBefore;
      assertTrue(whole > 200, "what is kept is hardly read at all: " + whole);
      // An index may have become a page deeper.
      long more = read(ClaimStatement.WHAT_WAS_ANNOUNCED, named) - namedBefore;
      assertTrue(more < 20, more + " pages more for the same login");
      old.rollback();
    }
  }

  /** How many pages a claim reads, which is rolled back. */
  private static long read(String claim, String more) throws SQLException, IOException {
    try (Connection connection = store.owner().getConnection();
        Statement sql = connection.createStatement()) {
      for (String way : ConnectionPool.WAYS_TO_READ_MUCH) {
        sql.execute("set " + way + " = off");
      }
      sql.execute("set plan_cache_mode = force_generic_plan");
      sql.execute("prepare claim as " + claim);
      connection.setAutoCommit(false);
      try (ResultSet plan =
          sql.executeQuery(
              "explain (analyze, buffers, format json) execute claim(16, 'w', 15, 180, '', false"
                  + more
                  + ")")) {
        plan.next();
        return new ObjectMapper()
            .readTree(plan.getString(1))
            .path(0)
            .path("Plan")
            .path("Shared Hit Blocks")
            .asLong();
      } finally {
        connection.rollback();
      }
    }
  }
}
