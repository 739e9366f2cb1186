package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.LoginSettingsOf;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.Running;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The first look at a session, which the login that stores it plans. */
class FirstLookTest {
  private static final TenantId TENANT = new TenantId("watched");
  private static final Duration INTERVAL = Duration.ofHours(24);

  private final TestStore store = new TestStore();
  private final IdentityId identity = store.newIdentity(TENANT);

  @AfterEach
  void stop() {
    store.close();
  }

  private Row profileAfterALogin(Map<String, String> settings) {
    LoginSettings by = LoginSettingsOf.values(settings);
    store.logIn(TENANT, identity);
    Claim claim = store.run(store.queue.claim("worker", 1)).get(0);
    Running running = claim.login().claim(claim.claimedAt(), by.runTimeout(), claim.expected());
    LoginOutcome signedIn =
        new LoginOutcome.SignedIn(
            new Member(Secret.of("ada")), new StoredSession(Secret.of("cookies")));
    store
        .run(store.claimedUnder.apply(by).settle(claim, claim.state(), running, signedIn))
        .orElseThrow();
    return store
        .run(
            store
                .pool
                .preparedQuery("select * from linkedin_profile where identity_id = $1")
                .execute(Tuple.of(identity.uuid())))
        .iterator()
        .next();
  }

  private static OffsetDateTime time(Row profile, String column) {
    return profile.getOffsetDateTime(column);
  }

  @Test
  void comesAQuarterToFiveQuartersOfAnIntervalAfterTheLogin() {
    Row profile = profileAfterALogin(Map.of());
    OffsetDateTime storedAt = time(profile, "connected_at");
    assertEquals(storedAt, time(profile, "look_from"));
    Duration wait = Duration.between(storedAt, time(profile, "look_due_at"));
    assertEquals(
        1,
        wait.plus(INTERVAL.multipliedBy(3).dividedBy(4)).dividedBy(INTERVAL),
        "it comes after " + wait);
  }

  @Test
  void isNotPlannedWhereNobodyLooks() {
    Row profile = profileAfterALogin(Map.of("identities.linkedin.health.interval", "0S"));
    assertNull(time(profile, "look_from"));
    assertNull(time(profile, "look_due_at"));
  }
}
