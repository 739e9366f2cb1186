package ai.pathbound.identities.login.store;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.session.Running;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** One login, for a person and a worker who reach for it at the same moment. */
final class RacingLogin {
  private static final int SLOTS = 4;
  private static final int ORDERS = 4;
  private static final String STANDS =
      """
      select coalesce(s.failure, s.status) as standing, p.connected
      from login_session s join linkedin_profile p using (tenant_id, identity_id)
      where s.tenant_id = $1
      """;
  private static final String OLDER =
      """
      update login_session set due_at = due_at - make_interval(secs => $2),
        code_sent_at = code_sent_at - make_interval(secs => $2)
      where tenant_id = $1
      """;

  private final TestStore store;
  private final int nth;
  private final TenantId tenant = new TenantId("tenant-" + UUID.randomUUID());
  private final IdentityId identity;
  private final String worker = UUID.randomUUID().toString();
  private SessionId session;
  private Claim claim;
  private boolean oneWon;
  private boolean otherWon;

  /** The {@code nth} of many: they take turns at who is first, see {@link #turn}. */
  RacingLogin(TestStore store, int nth) {
    this.store = store;
    this.nth = nth;
    this.identity = store.newIdentity(tenant);
  }

  /** Starts, is claimed, and its credentials are sent. */
  void begin() {
    session =
        store
            .run(
                store.transactions.run(
                    tx -> store.starts.start(tx, TestStore.request(tenant, identity))))
            .facts()
            .session();
    store.run(store.claimed.takeCredentials(claim()));
  }

  /** The worker's next claim; there is one. */
  Claim claim() {
    List<Claim> found = store.run(store.queue.claim(worker, SLOTS));
    claim =
        found.stream()
            .filter(one -> one.state().facts().tenant().equals(tenant))
            .findFirst()
            .orElseThrow(() -> new AssertionError("nothing to claim"));
    return claim;
  }

  void settle(LoginOutcome outcome) {
    settle(claim, outcome);
  }

  void settle(Claim held, LoginOutcome outcome) {
    store.run(settling(held, outcome));
  }

  /** What the worker that claimed it last found; whether that counted. */
  Uni<Boolean> settling(LoginOutcome outcome) {
    return settling(claim, outcome);
  }

  private Uni<Boolean> settling(Claim held, LoginOutcome outcome) {
    Running running =
        held.login().claim(held.claimedAt(), store.settings.runTimeout(), held.expected());
    LoginSnapshot before =
        held.state().status() == LoginStatus.QUEUED
            ? LoginSnapshot.of(running, held.claimedAt())
            : held.state();
    return store.claimed.settle(held, before, running, outcome).map(Optional::isPresent);
  }

  Uni<Boolean> cancelling() {
    return accepted(
        store.transactions.run(tx -> store.cancellation.cancel(tx, tenant, identity, session)));
  }

  Uni<Boolean> resending() {
    return accepted(
        store.transactions.run(tx -> store.challenges.resend(tx, tenant, identity, session)));
  }

  Uni<Boolean> choosing(ChallengeKind other) {
    return accepted(
        store.transactions.run(
            tx -> store.challenges.choose(tx, tenant, identity, session, other)));
  }

  Uni<Boolean> answering() {
    return accepted(
        store.transactions.run(
            tx -> store.store.answer(tx, tenant, identity, session, Secret.of("123456"))));
  }

  private static Uni<Boolean> accepted(Uni<?> call) {
    return call.replaceWith(true).onFailure(RefusalException.class).recoverWithItem(false);
  }

  boolean accepts(Uni<Boolean> call) {
    return store.run(call);
  }

  /** Both at once, or one after the other, in either order: each of them in turn. */
  void race(Supplier<Uni<Boolean>> one, Supplier<Uni<Boolean>> other) {
    switch (nth % ORDERS) {
      case 0 -> {
        oneWon = store.run(one.get());
        otherWon = store.run(other.get());
      }
      case 1 -> {
        otherWon = store.run(other.get());
        oneWon = store.run(one.get());
      }
      case 2 ->
          together(
              one.get().invoke(won -> oneWon = won), other.get().invoke(won -> otherWon = won));
      default ->
          together(
              other.get().invoke(won -> otherWon = won), one.get().invoke(won -> oneWon = won));
    }
  }

  private void together(Uni<Boolean> first, Uni<Boolean> second) {
    store.run(Uni.join().all(first, second).andFailFast());
  }

  boolean oneWon() {
    return oneWon;
  }

  boolean otherWon() {
    return otherWon;
  }

  /** How many times each order was tried before this one. */
  int turn() {
    return nth / ORDERS;
  }

  /** So much time has passed for this login alone: the whole database would take its own. */
  void letPass(int seconds) {
    store.run(store.pool.preparedQuery(OLDER).execute(Tuple.of(tenant.value(), (double) seconds)));
  }

  UUID id() {
    return session.uuid();
  }

  String standing() {
    return row().getString("standing");
  }

  boolean isConnected() {
    return row().getBoolean("connected");
  }

  private Row row() {
    return store
        .run(store.pool.preparedQuery(STANDS).execute(Tuple.of(tenant.value())))
        .iterator()
        .next();
  }
}
