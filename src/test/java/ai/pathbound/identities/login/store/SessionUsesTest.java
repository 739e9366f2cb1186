package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.lease.SessionUses;
import ai.pathbound.identities.login.lease.UnresolvedUseException;
import ai.pathbound.identities.login.lease.UsesOf;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas on one database that use one stored session. */
class SessionUsesTest {
  private static final TenantId TENANT = new TenantId("replicas");

  @AutoClose private static final TestStore store = new TestStore();

  private final List<BrowserHandle> asked = new CopyOnWriteArrayList<>();
  private final SessionUses one = UsesOf.replica(store.uses, UsesOf.farm(asked, Optional.empty()));
  private final SessionUses other =
      UsesOf.replica(store.uses, UsesOf.farm(asked, Optional.empty()));
  private IdentityId identity;

  @BeforeEach
  void aStoredSession() {
    identity = store.newIdentity(TENANT);
    store.insertSession(TENANT, identity, "0");
  }

  private static StoredSession session(String content) {
    return new StoredSession(Secret.of(content));
  }

  private String stored() {
    return store
        .run(
            one.whenFree(
                TENANT,
                identity,
                UUID.randomUUID(),
                (lease, journal) -> Uni.createFrom().item(lease.session().content().reveal())))
        .orElseThrow();
  }

  @Test
  void usesOfTwoReplicasDoNotOverlapAndNoneUndoesAnothers() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Uni<Optional<Integer>>> all = new ArrayList<>();
    for (int use = 0; use < 10; use++) {
      all.add(
          (use % 2 == 0 ? one : other)
              .whenFree(
                  TENANT,
                  identity,
                  UUID.randomUUID(),
                  (lease, journal) -> {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    int next = Integer.parseInt(lease.session().content().reveal()) + 1;
                    return Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(Duration.ofMillis(20))
                        .chain(() -> journal.sessionIs(session("" + next)))
                        .invoke(inside::decrementAndGet)
                        .replaceWith(next);
                  }));
    }
    store.run(Uni.join().all(all).andFailFast());
    assertEquals(1, most.get());
    assertEquals("10", stored());
  }

  @Test
  void whoTakesOverFromAKilledReplicaGoesOnWithWhatItsBrowserHolds() throws Exception {
    BrowserHandle browser = kill(one);
    SessionUses next =
        UsesOf.replica(store.uses, UsesOf.farm(asked, Optional.of(session("renewed"))));
    assertEquals("renewed", given(next));
    assertEquals(List.of(browser.content()), asked.stream().map(BrowserHandle::content).toList());
    assertEquals("renewed", stored());
    assertEquals(1, asked.size(), "a browser was asked twice");
  }

  @Test
  void whereTheBrowserIsGoneWhatIsStoredIsUsed() throws Exception {
    kill(one);
    assertEquals("0", given(other));
    assertEquals(1, asked.size());
  }

  @Test
  void whereTheBrowserCannotBeAskedNothingIsUsedAndTheNextUseAsksItAgain() throws Exception {
    BrowserHandle browser = kill(one);
    SessionUses busy =
        UsesOf.replica(
            store.uses,
            UsesOf.farm(
                asked, Uni.createFrom().failure(new IllegalStateException("a busy browser"))));
    assertThrows(UnresolvedUseException.class, () -> given(busy));
    SessionUses next =
        UsesOf.replica(store.uses, UsesOf.farm(asked, Optional.of(session("renewed"))));
    assertEquals("renewed", given(next));
    assertEquals(
        List.of(browser.content(), browser.content()),
        asked.stream().map(BrowserHandle::content).toList());
  }

  @Test
  void aUseThatFailedIsOver() {
    Uni<Optional<String>> failing =
        one.whenFree(
            TENANT,
            identity,
            UUID.randomUUID(),
            (lease, journal) ->
                journal
                    .sessionIs(session("renewed"))
                    .chain(() -> Uni.createFrom().failure(new IllegalStateException("broken"))));
    assertTrue(store.run(failing.onFailure().recoverWithItem(Optional.empty())).isEmpty());
    assertEquals("renewed", stored());
    assertEquals(List.of(), asked);
  }

  @Test
  void aLookLeavesASessionThatIsUsedAloneAndALoginGoesOnOnceALookIsOver() {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    AtomicInteger looking = new AtomicInteger();
    CompletableFuture<Optional<String>> look =
        one.ifFree(
                TENANT,
                identity,
                UUID.randomUUID(),
                (lease, journal) ->
                    Uni.createFrom()
                        .completionStage(answer)
                        .onSubscription()
                        .invoke(looking::incrementAndGet)
                        .replaceWith("looked"))
            .subscribeAsCompletionStage();
    Awaitility.await().until(() -> looking.get() == 1);
    assertTrue(
        store
            .run(
                other.ifFree(
                    TENANT,
                    identity,
                    UUID.randomUUID(),
                    (lease, journal) -> Uni.createFrom().item("never")))
            .isEmpty());
    CompletableFuture<Optional<String>> login =
        other
            .whenFree(
                TENANT,
                identity,
                UUID.randomUUID(),
                (lease, journal) -> Uni.createFrom().item("signed in"))
            .subscribeAsCompletionStage();
    assertTrue(!login.isDone());
    answer.complete(null);
    assertEquals(Optional.of("looked"), look.join());
    assertEquals(Optional.of("signed in"), login.join());
  }

  @Test
  void whoseSessionItIsTakenToBeIsAskedForUntilLinkedInSaysSo() {
    Member ada = new Member(Secret.of("ada"));
    Member eve = new Member(Secret.of("eve"));
    store.run(
        store
            .pool
            .preparedQuery("update linkedin_profile set member_sealed = $2 where identity_id = $1")
            .execute(
                Tuple.of(
                    identity.uuid(),
                    store.seals.seal(
                        ada.asPresumed().kept(), LoginSeals.Column.MEMBER, TENANT, identity))));
    assertEquals(List.of(true, false), learnt(eve));
    assertEquals(List.of(true, true), learnt(ada));
    assertEquals(List.of(false, true), learnt(eve), "it is known, and not asked for any more");
  }

  /** Whether it is asked whose session it is, and whether it may be that member's. */
  private List<Boolean> learnt(Member member) {
    return store
        .run(
            one.ifFree(
                TENANT,
                identity,
                UUID.randomUUID(),
                (lease, journal) ->
                    journal.memberIs(member).map(may -> List.of(lease.askWho(), may))))
        .orElseThrow();
  }

  private String given(SessionUses replica) {
    return store
        .run(
            replica.whenFree(
                TENANT,
                identity,
                UUID.randomUUID(),
                (lease, journal) -> Uni.createFrom().item(lease.session().content().reveal())))
        .orElseThrow();
  }

  /** A replica is killed in the middle of a use, and its lease runs out. */
  private BrowserHandle kill(SessionUses replica) throws Exception {
    BrowserHandle browser = new BrowserHandle(Secret.of("left open"));
    AtomicInteger working = new AtomicInteger();
    CompletableFuture<?> use =
        replica
            .whenFree(
                TENANT,
                identity,
                UUID.randomUUID(),
                (lease, journal) ->
                    journal
                        .browserAt(browser)
                        .invoke(working::incrementAndGet)
                        .chain(() -> Uni.createFrom().<String>nothing()))
            .subscribeAsCompletionStage();
    Awaitility.await().until(() -> working.get() == 1);
    use.cancel(true);
    store.execute(
        "update linkedin_profile set use_until = now() - interval '1 second' where identity_id = '"
            + identity.uuid()
            + "'");
    return browser;
  }
}
