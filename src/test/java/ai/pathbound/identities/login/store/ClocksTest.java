package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.session.Running;
import ai.pathbound.identities.login.store.LoginStarts.LoginRequest;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replicas on one database, of which one is a minute ahead and one a minute behind. */
class ClocksTest {
  private static final Duration WRONG = Duration.ofMinutes(1);
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final Duration SLACK = Duration.ofSeconds(20);
  private static final BrowserHandle BROWSER = new BrowserHandle(Secret.of("browser"));

  private static TestStore behind;
  private static TestStore ahead;

  @BeforeAll
  static void start() {
    behind = new TestStore();
    Instant now = Clock.systemUTC().instant();
    behind.clock.set(now.minus(WRONG));
    ahead = new TestStore(behind, new SettableClock(now.plus(WRONG)));
  }

  @AfterAll
  static void stop() {
    ahead.close();
    behind.close();
  }

  /** Who begins, and who comes after. */
  static Stream<List<TestStore>> pairs() {
    return Stream.of(
        List.of(ahead, behind),
        List.of(behind, ahead),
        List.of(ahead, ahead),
        List.of(behind, behind));
  }

  private final TenantId tenant = new TenantId("tenant-" + UUID.randomUUID());
  private final IdentityId identity = behind.newIdentity(tenant);

  private static LoginSnapshot queued(TestStore by, TenantId tenant, IdentityId identity) {
    LoginRequest asked = TestStore.request(tenant, identity);
    LoginRequest hurried =
        new LoginRequest(
            tenant, identity, asked.credentials(), asked.country(), WAIT, asked.traceparent());
    return by.run(by.transactions.run(tx -> by.starts.start(tx, hurried)));
  }

  private static Claim claimed(TestStore by) {
    List<Claim> claims = by.run(by.queue.claim("worker of " + by.clock.instant(), 10));
    assertEquals(1, claims.size());
    return claims.get(0);
  }

  private static LoginSnapshot settled(TestStore by, Claim claim, LoginOutcome outcome) {
    Running running =
        claim.login().claim(claim.claimedAt(), by.settings.runTimeout(), claim.expected());
    return by.run(by.claimed.settle(claim, claim.state(), running, outcome)).orElseThrow();
  }

  private static void nobodyTakesAnythingAway() {
    for (TestStore replica : List.of(ahead, behind)) {
      assertEquals(0, replica.run(replica.stranded.expire()));
      assertEquals(0, replica.run(replica.stranded.rescue()));
    }
  }

  private LoginSnapshot awaitingACode(TestStore by) {
    queued(by, tenant, identity);
    Claim claim = claimed(by);
    assertTrue(by.run(by.claimed.takeCredentials(claim)).isPresent());
    return settled(
        by, claim, new LoginOutcome.CodeRequired(ChallengeKind.SMS_CODE, false, BROWSER));
  }

  private LoginSnapshot answered(TestStore by, LoginSnapshot login) {
    return by.run(
        by.transactions.run(
            tx ->
                by.store.answer(
                    tx, tenant, identity, login.facts().session(), Secret.of("123456"))));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aRightCodeIsTakenWhoeverAskedForItAndWhoeverIsGivenIt(List<TestStore> pair) {
    LoginSnapshot asked = awaitingACode(pair.get(0));
    nobodyTakesAnythingAway();
    assertEquals(LoginStatus.QUEUED, answered(pair.get(1), asked).status());
    nobodyTakesAnythingAway();
    Claim claim = claimed(pair.get(1));
    assertEquals("123456", pair.get(1).run(pair.get(1).claimed.takeCode(claim)).get().reveal());
    nobodyTakesAnythingAway();
    end(pair.get(1), claim);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aCodeIsTooLateOnceThePersonsTimeIsOver(List<TestStore> pair) {
    LoginSnapshot asked = awaitingACode(pair.get(0));
    behind.letPass(WAIT, tenant);
    assertEquals(LoginStatus.FAILED, answered(pair.get(1), asked).status());
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aLeaseIsNobodyElsesUntilItIsOver(List<TestStore> pair) {
    queued(pair.get(0), tenant, identity);
    Claim claim = claimed(pair.get(0));
    nobodyTakesAnythingAway();
    behind.letPass(pair.get(0).settings.worker().lease().minus(SLACK), tenant);
    nobodyTakesAnythingAway();
    pair.get(0).run(pair.get(0).leases.renew(claim.worker(), List.of(claim)));
    behind.letPass(pair.get(0).settings.worker().lease().minus(SLACK), tenant);
    nobodyTakesAnythingAway();
    behind.letPass(SLACK, tenant);
    assertEquals(1, pair.get(1).run(pair.get(1).stranded.rescue()));
    end(pair.get(1), claimed(pair.get(1)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void deadlinesCountFromTheMomentThatTheyBegan(List<TestStore> pair) {
    Instant now = behind.now();
    LoginSnapshot queued = queued(pair.get(0), tenant, identity);
    assertSoonAfter(now.plus(behind.settings.queueTimeout()), queued.deadline().orElseThrow());
    assertSoonAfter(now, queued.facts().createdAt());
    Claim claim = claimed(pair.get(1));
    assertSoonAfter(now, claim.claimedAt());
    pair.get(1).run(pair.get(1).claimed.takeCredentials(claim));
    LoginSnapshot running =
        pair.get(0)
            .run(pair.get(0).store.require(tenant, identity, queued.facts().session()))
            .state();
    assertSoonAfter(now.plus(behind.settings.runTimeout()), running.deadline().orElseThrow());
    LoginSnapshot asked =
        settled(
            pair.get(1),
            claim,
            new LoginOutcome.CodeRequired(ChallengeKind.SMS_CODE, false, BROWSER));
    assertSoonAfter(now.plus(WAIT), asked.verification().expiresAt().orElseThrow());
    behind.letPass(WAIT, tenant);
    assertEquals(1, pair.get(0).run(pair.get(0).stranded.expire()));
  }

  private static void assertSoonAfter(Instant expected, Instant found) {
    Duration late = Duration.between(expected.minusMillis(1), found);
    assertTrue(!late.isNegative() && late.compareTo(SLACK) < 0, expected + " … " + found);
  }

  private static void end(TestStore by, Claim claim) {
    LoginOutcome rejected = new LoginOutcome.Refused(FailureReason.CREDENTIALS_REJECTED);
    assertEquals(LoginStatus.FAILED, settled(by, claim, rejected).status());
  }
}
