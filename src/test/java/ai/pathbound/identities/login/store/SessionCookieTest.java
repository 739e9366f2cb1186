package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.DatabaseTime;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.Credentials.SessionCookie;
import ai.pathbound.identities.login.store.LoginStarts.LoginRequest;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The row of a login that brings a session of another browser. */
class SessionCookieTest {
  private static final SessionCookie COOKIE =
      new SessionCookie(Secret.of("AQEDAQb"), Optional.of(Secret.of("AQJ2")));

  @AutoClose private static final TestStore store = new TestStore();

  private final TenantId tenant = new TenantId("cookies-" + UUID.randomUUID());

  @BeforeEach
  void aLogin() {
    IdentityId identity = store.newIdentity(tenant);
    store.run(
        store.transactions.run(
            tx ->
                store.starts.start(
                    tx,
                    new LoginRequest(
                        tenant,
                        identity,
                        Optional.of(COOKIE),
                        Optional.empty(),
                        Duration.ofMinutes(10),
                        null))));
  }

  private Claim claimed() {
    return store.run(store.queue.claim("worker", 100)).stream()
        .filter(claim -> claim.state().facts().tenant().equals(tenant))
        .findFirst()
        .orElseThrow();
  }

  private long secrets() {
    return store
        .run(
            store
                .pool
                .preparedQuery(
                    "select count(*) from login_session where tenant_id = $1 and"
                        + " session_cookie_sealed is not null")
                .execute(Tuple.of(tenant.value())))
        .iterator()
        .next()
        .getLong(0);
  }

  @Test
  void itIsHandedOutOnceAndNothingOfItStays() {
    Claim claim = claimed();
    assertTrue(claim.bringsCookie());
    assertTrue(claim.stored().isEmpty());
    assertEquals(1, secrets());
    SessionCookie taken =
        (SessionCookie) store.run(store.claimed.takeCredentials(claim)).orElseThrow();
    assertEquals("AQEDAQb", taken.session().reveal());
    assertEquals("AQJ2", taken.companion().orElseThrow().reveal());
    assertEquals(0, secrets());
    assertTrue(store.run(store.claimed.takeCredentials(claim)).isEmpty());
  }

  @Test
  void aWorkerThatDiesBeforeItTookItLeavesItToTheNext() {
    Claim first = claimed();
    store.run(store.claimed.browserAt(first, new BrowserHandle(Secret.of("somewhere"))));
    DatabaseTime.pass(store.pool, Duration.ofMinutes(1));
    store.run(store.stranded.rescue());
    // The browser is closed before the next one is opened, or has had its time.
    DatabaseTime.pass(store.pool, Duration.ofMinutes(2));
    Claim next = claimed();
    assertTrue(next.bringsCookie());
    assertFalse(next.credentialsSent());
    assertTrue(next.browser().isEmpty(), "in a browser of its own");
    assertTrue(store.run(store.claimed.takeCredentials(first)).isEmpty());
    assertTrue(store.run(store.claimed.takeCredentials(next)).isPresent());
  }
}
