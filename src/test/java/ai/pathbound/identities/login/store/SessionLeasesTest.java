package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.login.store.SessionLeases.Lease;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Uses of a stored session take turns, and what one writes is compared with what it was given. */
class SessionLeasesTest {
  private static final TenantId TENANT = new TenantId("uses");
  private static final Duration LEASE = Duration.ofMinutes(1);
  private static final StoredSession RENEWED = session("renewed");

  @AutoClose private static final TestStore store = new TestStore();

  private IdentityId identity;

  @BeforeEach
  void aStoredSession() {
    identity = store.newIdentity(TENANT);
    store.insertSession(TENANT, identity, "stored");
  }

  private static StoredSession session(String content) {
    return new StoredSession(Secret.of(content));
  }

  private String sealed(StoredSession session) {
    return store.seals.seal(session.content(), LoginSeals.Column.SESSION, TENANT, identity);
  }

  private Optional<Lease> take() {
    return take(UUID.randomUUID());
  }

  private Optional<Lease> take(UUID holder) {
    return store.run(store.uses.take(TENANT, identity, holder, LEASE));
  }

  /** What the next use is given. */
  private String stored() {
    Lease lease = take().orElseThrow();
    store.run(store.uses.release(lease));
    return lease.session().content().reveal();
  }

  private void change(String what) throws SQLException {
    store.execute(
        "update linkedin_profile set " + what + " where identity_id = '" + identity.uuid() + "'");
  }

  private void runOut() throws SQLException {
    change("use_until = now() - interval '1 second'");
  }

  @Test
  void ofManyThatWantASessionAtATimeOneHasIt() {
    List<Uni<Optional<Lease>>> wanted =
        IntStream.range(0, 20)
            .mapToObj(i -> store.uses.take(TENANT, identity, UUID.randomUUID(), LEASE))
            .toList();
    List<Optional<Lease>> given =
        store.run(Uni.join().all(wanted).andFailFast()).stream()
            .filter(Optional::isPresent)
            .toList();
    assertEquals(1, given.size());
    assertEquals("stored", given.get(0).get().session().content().reveal());
    store.run(store.uses.release(given.get(0).get()));
    assertTrue(take().isPresent());
  }

  @Test
  void whatAUseFoundIsWhatTheNextOneIsGiven() {
    Lease lease = take().orElseThrow();
    assertTrue(store.run(store.uses.store(lease, RENEWED)));
    store.run(store.uses.release(lease));
    assertEquals("renewed", stored());
  }

  @Test
  void aUseThatWasTakenOverWritesNothing() throws SQLException {
    Lease slow = take().orElseThrow();
    runOut();
    Lease next = take().orElseThrow();
    assertFalse(store.run(store.uses.store(slow, session("old"))));
    assertFalse(store.run(store.uses.renew(slow, LEASE)));
    assertFalse(store.run(store.uses.browserAt(slow, handle())));
    store.run(store.uses.release(slow));
    assertTrue(take().isEmpty(), "the end of one use ended another");
    assertTrue(store.run(store.uses.store(next, RENEWED)));
  }

  @Test
  void whoTakesOverIsToldOfTheBrowserThatWasLeft() throws SQLException {
    Lease killed = take().orElseThrow();
    assertTrue(killed.left().isEmpty());
    assertTrue(store.run(store.uses.browserAt(killed, handle())));
    runOut();
    Lease next = take().orElseThrow();
    assertEquals(handle().content(), next.left().orElseThrow().content());
    store.run(store.uses.release(next));
    assertTrue(take().orElseThrow().left().isEmpty(), "a use that ended left a browser");
  }

  @Test
  void afterADisconnectAUseWritesNothing() {
    Lease lease = take().orElseThrow();
    store.run(store.transactions.run(tx -> store.profiles.disconnect(tx, TENANT, identity)));
    assertFalse(store.run(store.uses.store(lease, RENEWED)));
    assertFalse(store.run(store.uses.memberIs(lease, new Member(Secret.of("ada")))));
    assertTrue(take().isEmpty());
    assertFalse(store.run(store.uses.hasSession(TENANT, identity)));
  }

  @Test
  void aUseOfAnOlderLoginsSessionDoesNotReplaceANewerOnes() throws SQLException {
    Lease lease = take().orElseThrow();
    change("connected_at = connected_at + interval '1 minute'");
    assertFalse(store.run(store.uses.store(lease, RENEWED)));
    store.run(store.uses.release(lease));
    assertEquals("stored", stored());
  }

  @Test
  void aSessionThatWasSealedAnewMeanwhileIsStillTheSame() throws SQLException {
    Lease lease = take().orElseThrow();
    change("session_sealed = '" + sealed(session("stored")) + "'");
    assertTrue(store.run(store.uses.store(lease, RENEWED)));
  }

  @Test
  void theSameHolderTakesItsUseOverAtOnce() {
    UUID login = UUID.randomUUID();
    Lease before = take(login).orElseThrow();
    Lease after = take(login).orElseThrow();
    assertFalse(store.run(store.uses.store(before, session("old"))));
    assertTrue(store.run(store.uses.store(after, RENEWED)));
  }

  @Test
  void aMemberIsLearntOnceAndNotReplaced() {
    Lease lease = take().orElseThrow();
    assertTrue(lease.askWho());
    assertTrue(store.run(store.uses.memberIs(lease, new Member(Secret.of("ada")))));
    assertFalse(store.run(store.uses.memberIs(lease, new Member(Secret.of("eve")))));
  }

  @Test
  void anotherTenantsSessionIsNobodys() {
    TenantId other = new TenantId("another");
    assertTrue(store.run(store.uses.take(other, identity, UUID.randomUUID(), LEASE)).isEmpty());
    assertFalse(store.run(store.uses.hasSession(other, identity)));
  }

  private static BrowserHandle handle() {
    return new BrowserHandle(Secret.of("browser"));
  }
}
