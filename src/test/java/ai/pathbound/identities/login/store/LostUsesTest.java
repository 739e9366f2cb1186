package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.connector.LoginLostException;
import ai.pathbound.identities.login.lease.SessionUses;
import ai.pathbound.identities.login.lease.UsesOf;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A use that another one took over, since its lease ran out while its replica stood still. */
class LostUsesTest {
  private static final TenantId TENANT = new TenantId("stood-still");
  private static final Duration RENEWAL = Duration.ofMillis(50);

  @AutoClose private static final TestStore store = new TestStore();

  @Test
  void aUseThatAnotherTookOverIsBrokenOffAndLeavesTheOtherItsLease() throws Exception {
    IdentityId identity = store.newIdentity(TENANT);
    store.insertSession(TENANT, identity, "0");
    SessionUses uses =
        UsesOf.replica(store.uses, UsesOf.farm(new ArrayList<>(), Optional.empty()), RENEWAL);
    CompletableFuture<Void> begun = new CompletableFuture<>();
    CompletableFuture<Void> brokenOff = new CompletableFuture<>();
    CompletableFuture<Optional<String>> use =
        uses.whenFree(
                TENANT,
                identity,
                UUID.randomUUID(),
                (lease, journal) ->
                    Uni.createFrom()
                        .<String>nothing()
                        .onSubscription()
                        .invoke(() -> begun.complete(null))
                        .onCancellation()
                        .invoke(() -> brokenOff.complete(null)))
            .subscribeAsCompletionStage();
    begun.get(1, TimeUnit.MINUTES);
    UUID another = UUID.randomUUID();
    store.execute(
        "update linkedin_profile set use_token = '"
            + another
            + "', use_holder = '"
            + another
            + "' where identity_id = '"
            + identity.uuid()
            + "'");
    CompletionException lost = assertThrows(CompletionException.class, use::join);
    assertInstanceOf(LoginLostException.class, lost.getCause());
    brokenOff.get(1, TimeUnit.MINUTES);
    assertEquals(
        another,
        store
            .run(
                store
                    .pool
                    .query(
                        "select use_token from linkedin_profile where identity_id = '"
                            + identity.uuid()
                            + "'")
                    .execute())
            .iterator()
            .next()
            .getUUID(0));
  }
}
