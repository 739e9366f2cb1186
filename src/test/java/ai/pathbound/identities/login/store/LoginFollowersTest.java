package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.Running;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What follows a login goes with it: in its transaction, alone or with others, or not at all. */
class LoginFollowersTest {
  private static final int AT_ONCE = 9;
  private static final TenantId TENANT = new TenantId("followed");
  private static final BrowserHandle BROWSER = new BrowserHandle(Secret.of("somewhere"));
  private static final LoginOutcome REFUSED =
      new LoginOutcome.Refused(FailureReason.ACCOUNT_LOCKED);
  private static final String LINK =
      """
      insert into connect_link
        (tenant_id, id, identity_id, token_mac, browser_mac, status, submissions, session_id,
         created_at, expires_at, opened_at, updated_at)
      values ($1, gen_random_uuid(), $2, $4, $4, 'submitted', 1, $3, now(),
        now() + interval '1 hour', now(), now())
      """;

  @AutoClose private static final TestStore store = new TestStore();

  @AfterEach
  void nobodyFollows() {
    store.followers.clear();
  }

  /** Remembers who ended, and how the row was for its transaction and for everybody else. */
  private static final class Witness implements LoginFollower {
    final Set<UUID> ended = new ConcurrentSkipListSet<>();
    final Set<String> seen = new ConcurrentSkipListSet<>();
    private final Set<UUID> failing;

    Witness(Set<UUID> failing) {
      this.failing = failing;
    }

    @Override
    public Uni<Void> ended(Transaction tx, LoginSnapshot login) {
      UUID session = login.facts().session().uuid();
      return status(tx.connection(), session)
          .flatMap(
              inside ->
                  status(store.pool, session)
                      .invoke(outside -> seen.add(inside + " inside, " + outside + " outside")))
          .invoke(() -> ended.add(session))
          .invoke(
              () -> {
                if (failing.contains(session)) {
                  throw new IllegalStateException("this one cannot be followed");
                }
              })
          .replaceWithVoid();
    }
  }

  private static Uni<String> status(SqlClient client, UUID session) {
    return client
        .preparedQuery("select status from login_session where id = $1")
        .execute(Tuple.of(session))
        .map(rows -> rows.iterator().next().getString(0));
  }

  private static LoginSnapshot start(IdentityId identity) {
    return store.logIn(TENANT, identity);
  }

  private static void follow(LoginSnapshot login) {
    UUID session = login.facts().session().uuid();
    String mac = (session + "-" + session).substring(0, 43);
    store.run(
        store
            .pool
            .preparedQuery(LINK)
            .execute(Tuple.of(TENANT.value(), login.facts().identity().uuid(), session, mac)));
  }

  /** Claims so many new logins, of which every other one is followed. */
  private static List<Claim> claimed(Set<UUID> followed) {
    for (int i = 0; i < AT_ONCE; i++) {
      LoginSnapshot login = start(store.newIdentity(TENANT));
      if (i % 2 == 1) {
        follow(login);
        followed.add(login.facts().session().uuid());
      }
    }
    List<Claim> claims = store.run(store.queue.claim("worker", AT_ONCE));
    assertEquals(AT_ONCE, claims.size());
    return claims;
  }

  private static Uni<Optional<LoginSnapshot>> settle(Claim claim, LoginOutcome outcome) {
    Running running =
        claim.login().claim(claim.claimedAt(), store.settings.runTimeout(), claim.expected());
    return store.claimed.settle(claim, claim.state(), running, outcome);
  }

  @Test
  void loginsThatAreSettledTogetherTakeAlongWhatFollowsThem() {
    Set<UUID> followed = new TreeSet<>();
    List<Claim> claims = claimed(followed);
    Witness witness = new Witness(Set.of());
    store.followers.add(witness);

    List<Optional<LoginSnapshot>> settled =
        store.run(
            Uni.join()
                .all(claims.stream().map(claim -> settle(claim, REFUSED)).toList())
                .andCollectFailures());

    assertTrue(settled.stream().allMatch(Optional::isPresent));
    assertEquals(followed, witness.ended);
    assertEquals(Set.of("failed inside, running outside"), witness.seen);
  }

  @Test
  void oneThatCannotBeFollowedRunsOnAndHoldsUpNoOther() {
    Set<UUID> followed = new TreeSet<>();
    List<Claim> claims = claimed(followed);
    UUID stuck = followed.iterator().next();
    store.followers.add(new Witness(Set.of(stuck)));

    List<Boolean> settled =
        store.run(
            Uni.join()
                .all(
                    claims.stream()
                        .map(
                            claim ->
                                settle(claim, REFUSED)
                                    .map(Optional::isPresent)
                                    .onFailure(IllegalStateException.class)
                                    .recoverWithItem(false))
                        .toList())
                .andCollectFailures());

    assertEquals(AT_ONCE - 1, settled.stream().filter(done -> done).count());
    assertEquals(
        Set.of(stuck),
        claims.stream()
            .map(claim -> claim.state().facts().session().uuid())
            .filter(session -> store.run(status(store.pool, session)).equals("running"))
            .collect(Collectors.toSet()));
  }

  @Test
  void whatIsNoEndIsNotFollowed() {
    LoginSnapshot login = start(store.newIdentity(TENANT));
    follow(login);
    Witness witness = new Witness(Set.of());
    store.followers.add(witness);
    Claim claim = store.run(store.queue.claim("worker", 1)).get(0);
    assertEquals(login.facts().session(), claim.state().facts().session());
    assertTrue(store.run(store.claimed.takeCredentials(claim)).isPresent());
    assertTrue(
        store
            .run(
                settle(
                    claim, new LoginOutcome.CodeRequired(ChallengeKind.SMS_CODE, false, BROWSER)))
            .isPresent());
    assertEquals(Set.of(), witness.ended);
  }

  @Test
  void oneThatIsSupersededIsFollowedToo() {
    IdentityId identity = store.newIdentity(TENANT);
    LoginSnapshot older = start(identity);
    follow(older);
    Witness witness = new Witness(Set.of());
    store.followers.add(witness);
    start(identity);
    assertEquals(Set.of(older.facts().session().uuid()), witness.ended);
    store.run(store.queue.claim("worker", AT_ONCE));
  }
}
