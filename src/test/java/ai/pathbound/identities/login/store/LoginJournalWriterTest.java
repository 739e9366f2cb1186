package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.DatabaseTime;
import ai.pathbound.identities.concurrency.Bulkhead;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.store.JournalEntry.Taken;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What several claims write at the same time. */
class LoginJournalWriterTest {
  private static final int BUSY = 3;

  @AutoClose private static final TestStore store = new TestStore();

  private final TenantId tenant = new TenantId("journals-" + UUID.randomUUID());

  private SessionId login() {
    IdentityId identity = store.newIdentity(tenant);
    return store
        .run(
            store.transactions.run(
                tx -> store.starts.start(tx, TestStore.request(tenant, identity))))
        .facts()
        .session();
  }

  private Claim claimed(SessionId login) {
    return store.run(store.queue.claim("worker", 100)).stream()
        .filter(claim -> claim.state().facts().session().equals(login))
        .findFirst()
        .orElseThrow();
  }

  private static JournalEntry takes(Claim claim) {
    return new JournalEntry(claim, null, true, false, false);
  }

  @Test
  void ofTwoClaimsOfOneLoginTheLostOneIsHandedNothing() {
    SessionId login = login();
    Claim lost = claimed(login);
    DatabaseTime.pass(store.pool, Duration.ofMinutes(1));
    store.run(store.stranded.rescue());
    Claim held = claimed(login);
    // The first three go by themselves; what comes meanwhile is one batch.
    LoginJournalWriter writer = new LoginJournalWriter(store.pool, new Bulkhead(1));
    List<Uni<Optional<Taken>>> writes = new ArrayList<>();
    for (int i = 0; i < BUSY; i++) {
      writes.add(writer.write(takes(claimed(login()))));
    }
    writes.add(writer.write(takes(lost)));
    writes.add(writer.write(takes(held)));
    List<Optional<Taken>> taken =
        store.run(Uni.join().all(writes).usingConcurrencyOf(writes.size()).andFailFast());
    assertTrue(taken.subList(0, BUSY).stream().allMatch(Optional::isPresent));
    assertEquals(Optional.empty(), taken.get(BUSY), "of a login that another claim has");
    assertTrue(taken.get(BUSY + 1).isPresent());
  }
}
