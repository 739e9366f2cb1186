package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.tenant.TenantId;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When stored sessions are looked at, and what a look may do to one. */
class HealthChecksTest {
  private static final TenantId TENANT = new TenantId("watched");
  private static final Duration INTERVAL = Duration.ofHours(24);
  private static final Duration CONFIRM = Duration.ofMinutes(10);
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration TICK = Duration.ofSeconds(15);

  private final TestStore store = new TestStore();
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

  private List<ClaimedHealthCheck> claim() {
    return claim(16);
  }

  private List<ClaimedHealthCheck> claim(int atMost) {
    store.run(store.looks.prepare());
    return store.run(store.looks.claim(atMost, LEASE, TICK));
  }

  /** The look of the one session, which is due. */
  private ClaimedHealthCheck due() throws SQLException {
    store.run(store.looks.prepare());
    change("look_due_at = now()");
    List<ClaimedHealthCheck> claims = claim();
    assertEquals(1, claims.size());
    return claims.get(0);
  }

  private HealthCheckOutcome answered(ClaimedHealthCheck look, boolean honoured) {
    return store.run(store.lookRecord.answered(look, storedAt(), honoured));
  }

  private OffsetDateTime storedAt() {
    return profile().getOffsetDateTime("connected_at");
  }

  private Row profile() {
    return store
        .run(
            store
                .pool
                .preparedQuery(
                    "select *, session_sealed is not null as stored, look_due_at - now() <= interval"
                        + " '30 hours' as soon from linkedin_profile where identity_id = $1")
                .execute(Tuple.of(identity.uuid())))
        .iterator()
        .next();
  }

  private void change(String what) throws SQLException {
    store.execute(
        "update linkedin_profile set " + what + " where identity_id = '" + identity.uuid() + "'");
  }

  private long audited() {
    return store
        .run(
            store
                .pool
                .query("select count(*) from audit_event where action = 'session_expired'")
                .execute())
        .iterator()
        .next()
        .getLong(0);
  }

  @Test
  void aNewSessionIsLookedAtWithinAnIntervalAndAQuarterAndNotAtOnce() {
    assertEquals(List.of(), claim());
    store.letPass(INTERVAL.dividedBy(4).minusSeconds(1));
    assertEquals(List.of(), claim());
    store.letPass(INTERVAL.plusSeconds(2));
    assertEquals(1, claim().size());
    assertEquals(List.of(), claim(), "it was begun twice at a time");
  }

  @Test
  void aSessionThatIsHonouredIsLookedAtAgainAnIntervalLaterGiveOrTakeAQuarter()
      throws SQLException {
    assertEquals(HealthCheckOutcome.HONOURED, answered(due(), true));
    assertTrue(profile().getBoolean("connected"));
    store.letPass(INTERVAL.multipliedBy(3).dividedBy(4).minusSeconds(1));
    assertEquals(List.of(), claim());
    store.letPass(INTERVAL.dividedBy(2).plusSeconds(2));
    List<ClaimedHealthCheck> claims = claim();
    assertEquals(1, claims.size());
    assertFalse(claims.get(0).needless());
  }

  @Test
  void twoAnswersSoFarApartThatASessionIsOverEraseItAndTellOnce() throws SQLException {
    assertEquals(HealthCheckOutcome.DOUBTED, answered(due(), false));
    assertFalse(profile().getBoolean("connected"));
    assertTrue(profile().getBoolean("stored"));
    assertTrue(store.told.isEmpty());
    store.letPass(CONFIRM.minusMinutes(1));
    assertEquals(List.of(), claim(), "the second look came too soon");
    store.letPass(CONFIRM);
    ClaimedHealthCheck second = claim().get(0);
    OffsetDateTime storedAt = storedAt();
    assertEquals(HealthCheckOutcome.EXPIRED, answered(second, false));
    assertFalse(profile().getBoolean("stored"));
    assertTrue(profile().getOffsetDateTime("expired_at") != null);
    assertEquals(
        HealthCheckOutcome.LOST, store.run(store.lookRecord.answered(second, storedAt, false)));
    assertEquals(1, store.told.size());
    assertEquals("linkedin.session.expired", store.told.peek().type().wireName());
    assertEquals(1, audited());
    store.letPass(INTERVAL.multipliedBy(2));
    assertEquals(List.of(), claim(), "there is nothing to look at any more");
  }

  @Test
  void answersThatAreTooCloseAreOne() throws SQLException {
    assertEquals(HealthCheckOutcome.DOUBTED, answered(due(), false));
    assertEquals(HealthCheckOutcome.DOUBTED, answered(due(), false));
    assertTrue(profile().getBoolean("stored"));
  }

  @Test
  void aSessionThatALookOrACheckFoundHonouredInBetweenIsDoubtedAnew() throws SQLException {
    assertEquals(HealthCheckOutcome.DOUBTED, answered(due(), false));
    store.letPass(CONFIRM);
    assertEquals(HealthCheckOutcome.HONOURED, answered(due(), true));
    assertEquals(HealthCheckOutcome.DOUBTED, answered(due(), false));
    store.letPass(CONFIRM);
    LinkedInProfiles.Known known = store.run(store.profiles.known(TENANT, identity));
    store.run(store.profiles.answered(known.question().orElseThrow(), true));
    store.run(store.profiles.answered(known.question().orElseThrow(), false));
    assertEquals(HealthCheckOutcome.DOUBTED, answered(due(), false));
    assertTrue(profile().getBoolean("stored"));
  }

  @Test
  void linkedInOutOfReachNeverEndsASession() throws SQLException {
    assertEquals(HealthCheckOutcome.DOUBTED, answered(due(), false));
    for (int i = 0; i < 20; i++) {
      store.letPass(INTERVAL);
      assertEquals(
          HealthCheckOutcome.OUT_OF_REACH,
          store.run(store.lookRecord.later(due(), HealthCheckOutcome.OUT_OF_REACH)));
    }
    assertTrue(profile().getBoolean("stored"));
    assertTrue(store.told.isEmpty());
  }

  @Test
  void aSecondLookThatDidNotReachLinkedInIsTriedAgainAsSoonAsItMayBe() throws SQLException {
    assertEquals(HealthCheckOutcome.DOUBTED, answered(due(), false));
    store.letPass(CONFIRM.multipliedBy(5).dividedBy(4));
    for (HealthCheckOutcome why :
        List.of(HealthCheckOutcome.OUT_OF_REACH, HealthCheckOutcome.BUSY)) {
      ClaimedHealthCheck second = claim().get(0);
      assertEquals(why, store.run(store.lookRecord.later(second, why)));
      store.letPass(CONFIRM.minusMinutes(1));
      assertEquals(List.of(), claim(), "it came too soon");
      store.letPass(CONFIRM.dividedBy(4).plusMinutes(2));
    }
    assertEquals(HealthCheckOutcome.EXPIRED, answered(claim().get(0), false));
    assertEquals(1, store.told.size());
  }

  @Test
  void aLookThatDidNotReachLinkedInIsTriedAgainAfterAQuarterOfTheInterval() throws SQLException {
    assertEquals(
        HealthCheckOutcome.OUT_OF_REACH,
        store.run(store.lookRecord.later(due(), HealthCheckOutcome.OUT_OF_REACH)));
    store.letPass(Duration.ofMinutes(269));
    assertEquals(List.of(), claim(), "an outage makes no rush");
    store.letPass(Duration.ofMinutes(182));
    assertEquals(1, claim().size());
  }

  @Test
  void whatACheckFoundSinceMakesALookNeedless() throws SQLException {
    store.run(store.looks.prepare());
    store.letPass(Duration.ofHours(12), TENANT);
    LinkedInProfiles.Known known = store.run(store.profiles.known(TENANT, identity));
    store.run(store.profiles.answered(known.question().orElseThrow(), true));
    ClaimedHealthCheck look = due();
    assertTrue(look.needless());
    assertEquals(HealthCheckOutcome.NEEDLESS, store.run(store.lookRecord.needless(look)));
    store.letPass(INTERVAL.multipliedBy(3).dividedBy(4).minusSeconds(1));
    assertEquals(List.of(), claim());
    store.letPass(INTERVAL.dividedBy(2).plusSeconds(2));
    assertFalse(claim().get(0).needless());
  }

  @Test
  void aCheckThatSaysNoDoesNotSpareTheSecondLook() throws SQLException {
    assertEquals(HealthCheckOutcome.DOUBTED, answered(due(), false));
    store.letPass(CONFIRM);
    LinkedInProfiles.Known known = store.run(store.profiles.known(TENANT, identity));
    store.run(store.profiles.answered(known.question().orElseThrow(), false));
    ClaimedHealthCheck look = due();
    assertFalse(look.needless());
    assertEquals(HealthCheckOutcome.EXPIRED, answered(look, false));
  }

  @Test
  void aCheckThatSaysNoDoesNotSpareTheFirstLook() throws SQLException {
    store.run(store.looks.prepare());
    store.letPass(Duration.ofHours(12), TENANT);
    LinkedInProfiles.Known known = store.run(store.profiles.known(TENANT, identity));
    store.run(store.profiles.answered(known.question().orElseThrow(), false));
    ClaimedHealthCheck look = due();
    assertFalse(look.needless(), "who checks often would never hear that it is over");
    assertEquals(HealthCheckOutcome.DOUBTED, answered(look, false));
  }

  @Test
  void aLoginThatWasAcceptedMeanwhileFindsTheSession() throws SQLException {
    assertEquals(HealthCheckOutcome.DOUBTED, answered(due(), false));
    store.letPass(CONFIRM);
    ClaimedHealthCheck look = due();
    store.logIn(TENANT, identity);
    assertEquals(HealthCheckOutcome.DOUBTED, answered(look, false));
    assertTrue(profile().getBoolean("stored"));
    assertTrue(store.told.isEmpty());
  }

  @Test
  void afterADisconnectALookWritesNothing() throws SQLException {
    ClaimedHealthCheck look = due();
    OffsetDateTime storedAt = storedAt();
    store.run(store.transactions.run(tx -> store.profiles.disconnect(tx, TENANT, identity)));
    assertEquals(
        HealthCheckOutcome.LOST, store.run(store.lookRecord.answered(look, storedAt, true)));
    assertEquals(
        HealthCheckOutcome.LOST, store.run(store.lookRecord.answered(look, storedAt, false)));
    assertEquals(
        HealthCheckOutcome.LOST,
        store.run(store.lookRecord.later(look, HealthCheckOutcome.OUT_OF_REACH)));
    assertFalse(profile().getBoolean("connected"));
  }

  @Test
  void aLookAtAnOlderLoginsSessionWritesNothingOfTheNewOne() throws SQLException {
    ClaimedHealthCheck look = due();
    OffsetDateTime storedAt = storedAt();
    change("connected_at = connected_at + interval '1 minute'");
    assertEquals(
        HealthCheckOutcome.LOST, store.run(store.lookRecord.answered(look, storedAt, false)));
    assertTrue(profile().getBoolean("connected"));
  }

  @Test
  void aLookOfAKilledReplicaIsTakenAnewAfterItsLease() throws SQLException {
    ClaimedHealthCheck killed = due();
    store.letPass(LEASE.minusSeconds(30));
    assertEquals(List.of(), claim());
    store.letPass(LEASE);
    ClaimedHealthCheck next = claim().get(0);
    assertEquals(HealthCheckOutcome.LOST, answered(killed, false));
    assertEquals(HealthCheckOutcome.HONOURED, answered(next, true));
  }

  @Test
  void aPauseHoldsLooks() throws SQLException {
    store.run(store.looks.prepare());
    store.letPass(INTERVAL.multipliedBy(2));
    store.execute("select pause_logins('1 hour')");
    assertEquals(List.of(), claim());
    store.execute("select resume_logins()");
    assertEquals(1, claim().size());
  }

  @Test
  void aSessionWhoseIdentityLogsInIsLeftToTheLogin() throws SQLException {
    store.run(store.looks.prepare());
    store.logIn(TENANT, identity);
    change("look_due_at = now()");
    assertEquals(List.of(), claim());
  }

  @Test
  void noLookBeginsWhileAnyLoginWaitsForItsTurn() throws SQLException {
    store.run(store.looks.prepare());
    change("look_due_at = now()");
    IdentityId other = store.newIdentity(TENANT);
    store.logIn(TENANT, other);
    assertEquals(List.of(), claim(), "it may take a login's slot, or its browser");
    assertEquals(1, store.run(store.queue.claim("worker", 1)).size());
    assertEquals(1, claim().size());
  }

  @Test
  void loginsThatWaitForAPersonsApprovalHoldNoLookUp() throws SQLException {
    store.run(store.looks.prepare());
    change("look_due_at = now()");
    store.insertIdentities("patient", 3);
    // Each is due every few seconds, so that of many one always is.
    store.execute(
        """
        insert into login_session
          (tenant_id, id, identity_id, profile_id, country, verification_wait_s, status, challenge,
           verification_expires_at, due_at, deadline_at, created_at, updated_at)
        select tenant_id, gen_random_uuid(), identity_id, profile_id, 'US', 600, 'awaiting_2fa',
          'app_approval', now() + interval '10 minutes', now(), now() + interval '10 minutes', now(),
          now()
        from linkedin_profile where tenant_id = 'patient'
        """);
    assertEquals(1, claim().size());
  }

  @Test
  void aLongQueueOfOneTenantHoldsUpNobodyElse() throws SQLException {
    TenantId small = new TenantId("small");
    for (int i = 0; i < 50; i++) {
      store.insertSession(TENANT, store.newIdentity(TENANT), "stored");
    }
    store.insertSession(small, store.newIdentity(small), "stored");
    store.run(store.looks.prepare());
    store.execute("update linkedin_profile set look_due_at = now() - interval '1 hour'");
    store.execute("update linkedin_profile set look_due_at = now() where tenant_id = 'small'");
    assertTrue(claim(2).stream().anyMatch(look -> look.tenant().equals(small)));
  }

  @Test
  void whateverIsOverdueIsNotCaughtUpWithAtOnce() throws SQLException {
    for (int i = 0; i < 60; i++) {
      store.insertSession(TENANT, store.newIdentity(TENANT), "stored");
    }
    store.run(store.looks.prepare());
    store.execute("update linkedin_profile set look_due_at = now() - interval '1 hour'");
    Set<IdentityId> looked = new HashSet<>();
    for (int tick = 0; tick < 60; tick++) {
      claim().forEach(look -> assertTrue(looked.add(look.identity())));
    }
    assertEquals(10, looked.size(), "of those that are due, more followed each other at once");
    List<ClaimedHealthCheck> later = new ArrayList<>();
    store.letPass(Duration.ofHours(1));
    later.addAll(claim());
    // 61 sessions a day, one and a half times as fast: 3.8 an hour; and 10 whose lease is over.
    assertEquals(3, later.size());
  }
}
