package ai.pathbound.identities.login.store;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.session.Running;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A simulation: one identity, its person and two workers. A worker keeps every claim that it ever
 * had until it settles or crashes: one whose login was taken over is a sleeper that wakes up.
 */
final class StoreSimulation {
  private static final String UNDER_WAY =
      "select count(*) from login_session where tenant_id = $1 and finished_at is null";
  private static final String LEFT_BEHIND =
      """
      select count(*) from login_session
      where tenant_id = $1 and finished_at is not null
        and coalesce(username_sealed, password_sealed, code_sealed, browser_sealed,
          challenge_request, sent_to) is not null
      """;
  private static final int SLOTS = 4;
  private static final Duration LATE = Duration.ofMinutes(20);

  private final TestStore store;
  private final TenantId tenant = new TenantId("tenant-" + UUID.randomUUID());
  private final IdentityId identity;
  private final List<List<Claim>> claims = List.of(new ArrayList<>(), new ArrayList<>());
  private final String[] names = {name(), name()};
  private final Set<UUID> accepted = new LinkedHashSet<>();
  private final Map<UUID, Integer> sent = new HashMap<>();
  private SessionId latest;
  private int asked;
  private int pressed;

  StoreSimulation(TestStore store) {
    this.store = store;
    this.identity = store.newIdentity(tenant);
  }

  private static String name() {
    return UUID.randomUUID().toString();
  }

  /** Refusals are answers like any other. */
  private void ask(Uni<?> call) {
    try {
      store.run(call);
    } catch (RefusalException refused) {
      return;
    }
  }

  /** Whether it was pressed as often as it was asked for, at most. */
  boolean pressedAtMostAsAsked() {
    return pressed <= asked;
  }

  void start() {
    ask(
        store
            .transactions
            .run(tx -> store.starts.start(tx, TestStore.request(tenant, identity)))
            .invoke(
                state -> {
                  latest = state.facts().session();
                  accepted.add(latest.uuid());
                }));
  }

  void answer() {
    ask(
        store.transactions.run(
            tx -> store.store.answer(tx, tenant, identity, latest, Secret.of("123456"))));
  }

  void resend() {
    ask(resending().invoke(login -> asked++));
  }

  void choose(ChallengeKind other) {
    ask(choosing(other).invoke(login -> asked++));
  }

  private Uni<LoginSnapshot> resending() {
    return store.transactions.run(tx -> store.challenges.resend(tx, tenant, identity, latest));
  }

  private Uni<LoginSnapshot> choosing(ChallengeKind other) {
    return store.transactions.run(
        tx -> store.challenges.choose(tx, tenant, identity, latest, other));
  }

  void cancel() {
    Instant now = store.now();
    ask(
        store.transactions.run(
            tx ->
                store
                    .termination
                    .active(tx, tenant, identity)
                    .flatMap(
                        active ->
                            active
                                .map(
                                    login ->
                                        store.termination.cancel(tx, login, now).replaceWithVoid())
                                .orElseGet(Uni.createFrom()::voidItem))));
  }

  void claim(int worker) {
    claims.get(worker).addAll(store.run(store.queue.claim(names[worker], SLOTS)));
  }

  private void withLast(int worker, Consumer<Claim> work) {
    List<Claim> own = claims.get(worker);
    if (own.isEmpty()) {
      claim(worker);
    }
    if (!own.isEmpty()) {
      work.accept(own.get(own.size() - 1));
    }
  }

  void open(int worker) {
    withLast(
        worker,
        claim ->
            store.run(store.claimed.browserAt(claim, new BrowserHandle(Secret.of("b" + worker)))));
  }

  void send(int worker) {
    withLast(
        worker,
        claim -> {
          if (store.run(store.claimed.takeCredentials(claim)).isPresent()) {
            sent.merge(claim.state().facts().session().uuid(), 1, Integer::sum);
          }
        });
  }

  void takeCode(int worker) {
    withLast(worker, claim -> store.run(store.claimed.takeCode(claim)));
  }

  void press(int worker) {
    withLast(
        worker,
        claim -> {
          if (store.run(store.claimed.takeRequest(claim))) {
            pressed++;
          }
        });
  }

  void settle(int worker, LoginOutcome outcome) {
    withLast(
        worker,
        claim -> {
          // Nobody finds a challenge without having typed something.
          if (outcome.browser().isPresent()) {
            send(worker);
          }
          claims.get(worker).remove(claim);
          Instant now = claim.claimedAt();
          Running running = claim.login().claim(now, store.settings.runTimeout(), claim.expected());
          LoginSnapshot held =
              claim.state().status() == LoginStatus.QUEUED
                  ? LoginSnapshot.of(running, now)
                  : claim.state();
          store.run(store.claimed.settle(claim, held, running, outcome));
        });
  }

  void renew(int worker) {
    store.run(store.leases.renew(names[worker], claims.get(worker)));
  }

  void crash(int worker) {
    claims.get(worker).clear();
    names[worker] = name();
  }

  void giveBack(int worker) {
    store.run(store.leases.giveBack(names[worker]));
  }

  void rescue() {
    store.run(store.stranded.rescue());
  }

  void expire() {
    store.run(store.stranded.expire());
  }

  void sweep() {
    store
        .run(store.browsers.take())
        .forEach(note -> store.run(store.browsers.forget(List.of(note))));
  }

  void jump(int seconds) {
    store.letPass(Duration.ofSeconds(seconds), tenant);
  }

  /** Nobody does anything any more, but for the sweepers of some replica. */
  void leave() {
    crash(0);
    crash(1);
    store.letPass(LATE, tenant);
    rescue();
    expire();
    sweep();
  }

  Set<UUID> accepted() {
    return accepted;
  }

  boolean sentAtMostOnce() {
    return sent.values().stream().allMatch(times -> times == 1);
  }

  /** How many of the identity's logins have not ended. */
  long underWay() {
    return count(UNDER_WAY);
  }

  /** How many of its logins have ended and hold a secret, or something that could be pressed. */
  long leftBehind() {
    return count(LEFT_BEHIND);
  }

  private long count(String sql) {
    return store
        .run(store.pool.preparedQuery(sql).execute(Tuple.of(tenant.value())))
        .iterator()
        .next()
        .getLong(0);
  }
}
