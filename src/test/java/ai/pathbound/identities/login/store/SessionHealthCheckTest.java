package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.SessionJournal;
import ai.pathbound.identities.login.connector.SessionUse;
import ai.pathbound.identities.login.lease.SessionUses;
import ai.pathbound.identities.login.lease.UsesOf;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.login.worker.LooksOf;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a look does with what LinkedIn answers, or does not. */
class SessionHealthCheckTest {
  private static final TenantId TENANT = new TenantId("watched");
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration TICK = Duration.ofSeconds(15);
  private static final Duration LONG = Duration.ofMinutes(1);

  /** Before it is silent, it takes a lease and writes a browser down, which takes its time. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final TestStore store = new TestStore();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private IdentityId identity;

  @BeforeEach
  void aStoredSession() {
    identity = store.newIdentity(TENANT);
    store.insertSession(TENANT, identity, "stored");
  }

  @AfterEach
  void stop() {
    store.close();
  }

  /** A connector that asks like that, and finds a renewed session in a left browser. */
  private LinkedInConnector asking(BiFunction<SessionUse, SessionJournal, Uni<Boolean>> check) {
    return (LinkedInConnector)
        Proxy.newProxyInstance(
            LinkedInConnector.class.getClassLoader(),
            new Class<?>[] {LinkedInConnector.class},
            (proxy, method, arguments) -> {
              asked.add(method.getName());
              return method.getName().equals("check")
                  ? check.apply((SessionUse) arguments[0], (SessionJournal) arguments[1])
                  : Uni.createFrom().item(Optional.of(new StoredSession(Secret.of("renewed"))));
            });
  }

  /** A connector that answers a check like that, and finds a renewed session in a left browser. */
  private LinkedInConnector linkedIn(Function<SessionJournal, Uni<Boolean>> check) {
    return asking((use, journal) -> check.apply(journal));
  }

  private ClaimedHealthCheck due() throws SQLException {
    store.run(store.looks.prepare());
    store.execute("update linkedin_profile set look_due_at = now()");
    return store.run(store.looks.claim(1, LEASE, TICK)).get(0);
  }

  private HealthCheckOutcome take(LinkedInConnector linkedIn, Duration patience)
      throws SQLException {
    return store.run(
        LooksOf.take(
            due(), UsesOf.replica(store.uses, linkedIn), linkedIn, store.lookRecord, patience));
  }

  private boolean isUsed() throws SQLException {
    return store
        .run(store.uses.take(TENANT, identity, UUID.randomUUID(), Duration.ofSeconds(1)))
        .isEmpty();
  }

  @Test
  void whatLinkedInSaysIsWrittenDownAndTheSessionIsFreeAgain() throws SQLException {
    assertEquals(
        HealthCheckOutcome.HONOURED, take(linkedIn(use -> Uni.createFrom().item(true)), LONG));
    assertFalse(isUsed());
  }

  @Test
  void aPageThatSaysNoIsADoubt() throws SQLException {
    assertEquals(
        HealthCheckOutcome.DOUBTED, take(linkedIn(use -> Uni.createFrom().item(false)), LONG));
  }

  @Test
  void afterAFailureNothingIsKnown() throws SQLException {
    assertEquals(
        HealthCheckOutcome.OUT_OF_REACH,
        take(
            linkedIn(use -> Uni.createFrom().failure(new IllegalStateException("no farm"))), LONG));
    assertFalse(isUsed());
  }

  /**
   * The time-out stands around the whole use and not within it: what was broken off still has a
   * browser, and keeps the session until its lease is over, so that whoever comes next finds what
   * that browser holds.
   */
  @Test
  void aLookThatTakesTooLongKeepsItsSessionUntilItsLeaseIsOver() throws SQLException {
    BrowserHandle browser = new BrowserHandle(Secret.of("left open"));
    LinkedInConnector silent =
        linkedIn(
            journal -> journal.browserAt(browser).chain(() -> Uni.createFrom().<Boolean>nothing()));
    assertEquals(HealthCheckOutcome.OUT_OF_REACH, take(silent, SHORT));
    assertEquals(List.of("check"), asked);
    assertTrue(isUsed(), "a login may begin beside the browser of the look");

    store.execute("update linkedin_profile set use_until = now() - interval '1 second'");
    SessionUses login = UsesOf.replica(store.uses, silent);
    assertEquals(
        Optional.of("renewed"),
        store.run(
            login.whenFree(
                TENANT,
                identity,
                UUID.randomUUID(),
                (lease, journal) -> Uni.createFrom().item(lease.session().content().reveal()))));
    assertEquals(List.of("check", "retrieve"), asked);
  }

  /** A login with the stored session is accepted. */
  private Uni<Void> loggingIn() {
    return store
        .transactions
        .run(
            tx ->
                store.starts.start(
                    tx,
                    new LoginStarts.LoginRequest(
                        TENANT,
                        identity,
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofMinutes(10),
                        null)))
        .replaceWithVoid();
  }

  @Test
  void aLoginBreaksALookOffAndGetsWhatItsBrowserHeld() throws SQLException {
    BrowserHandle browser = new BrowserHandle(Secret.of("open"));
    StoredSession renewed = new StoredSession(Secret.of("renewed on the way"));
    LinkedInConnector silent =
        asking(
            (use, journal) ->
                journal
                    .browserAt(browser)
                    .chain(this::loggingIn)
                    .chain(
                        () ->
                            use.unlessWanted(Uni.createFrom().<Boolean>nothing())
                                // As a connector does at the end of every use.
                                .onTermination()
                                .call(() -> journal.sessionIs(renewed))));
    assertEquals(HealthCheckOutcome.BUSY, take(silent, LONG));
    assertFalse(isUsed(), "the login waits for a lease that nobody has");
    SessionUses login = UsesOf.replica(store.uses, silent);
    assertEquals(
        Optional.of("renewed on the way"),
        store.run(
            login.whenFree(
                TENANT,
                identity,
                UUID.randomUUID(),
                (lease, journal) -> Uni.createFrom().item(lease.session().content().reveal()))));
    assertEquals(List.of("check"), asked, "there is no browser left to look into");
  }

  @Test
  void aSessionThatSomebodyUsesIsLookedAtLater() throws SQLException {
    ClaimedHealthCheck look = due();
    assertTrue(
        store
            .run(store.uses.take(TENANT, identity, UUID.randomUUID(), Duration.ofMinutes(1)))
            .isPresent());
    LinkedInConnector linkedIn = linkedIn(use -> Uni.createFrom().item(true));
    assertEquals(
        HealthCheckOutcome.BUSY,
        store.run(
            LooksOf.take(
                look, UsesOf.replica(store.uses, linkedIn), linkedIn, store.lookRecord, LONG)));
    assertEquals(List.of(), asked);
  }
}
