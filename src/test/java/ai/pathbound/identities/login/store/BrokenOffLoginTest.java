package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.lease.SessionUses;
import ai.pathbound.identities.login.lease.UsesOf;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.login.store.AbandonedBrowsers.Note;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The browser of a login with a stored session that was ended from outside. */
class BrokenOffLoginTest {
  private static final TenantId TENANT = new TenantId("broken-off");

  @AutoClose private static final TestStore store = new TestStore();

  private final List<BrowserHandle> asked = new CopyOnWriteArrayList<>();
  private final SessionUses replica =
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
            replica.whenFree(
                TENANT,
                identity,
                UUID.randomUUID(),
                (lease, journal) -> Uni.createFrom().item(lease.session().content().reveal())))
        .orElseThrow();
  }

  @Test
  void theBrowserOfALoginThatWasCancelledIsAUseUntilItsSessionIsRetrieved() throws Exception {
    Note note = cancelled();
    assertTrue(note.mayHold());
    assertTrue(
        store
            .run(replica.ifFree(TENANT, identity, UUID.randomUUID(), (lease, journal) -> nothing()))
            .isEmpty(),
        "a use beside a browser that may hold a newer session");
    SessionUses sweeping =
        UsesOf.replica(store.uses, UsesOf.farm(asked, Optional.of(session("renewed"))));
    retrieve(sweeping, note);
    store.run(store.browsers.forget(List.of(note)));
    assertEquals("renewed", stored());
    assertEquals(1, asked.size());
  }

  @Test
  void aSessionThatWasStoredSinceIsNotReplacedByAnOlderBrowsers() throws Exception {
    Note note = cancelled();
    store.execute(
        "update linkedin_profile set connected_at = now() + interval '1 minute'"
            + " where identity_id = '"
            + identity.uuid()
            + "'");
    retrieve(UsesOf.replica(store.uses, UsesOf.farm(asked, Optional.of(session("older")))), note);
    store.run(store.browsers.forget(List.of(note)));
    assertEquals("0", stored());
    assertEquals(List.of(), asked);
  }

  private static Uni<String> nothing() {
    return Uni.createFrom().item("never");
  }

  private void retrieve(SessionUses sweeping, Note note) {
    store.run(
        sweeping.retrieve(
            note.tenant(),
            note.identity(),
            note.session().uuid(),
            note.endedAt(),
            note.browser().orElseThrow()));
  }

  /** A login with the stored session is cancelled while its worker drives a browser. */
  private Note cancelled() {
    store.run(
        store.transactions.run(
            tx ->
                store.starts.start(
                    tx,
                    new LoginStarts.LoginRequest(
                        TENANT,
                        identity,
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofMinutes(10),
                        null))));
    Claim claim = store.run(store.queue.claim("worker", 1)).get(0);
    store.run(store.claimed.browserAt(claim, new BrowserHandle(Secret.of("driven"))));
    store.run(store.transactions.run(tx -> store.cancellation.cancel(tx, TENANT, identity)));
    return store.run(store.browsers.take()).get(0);
  }
}
