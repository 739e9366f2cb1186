package ai.pathbound.identities.webhook.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.webhook.store.Endpoint.DisabledReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When nothing but failures switches an endpoint off. */
class FailingEndpointTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final Duration FIVE_DAYS = Duration.ofDays(5);

  private final OutboxStore store = new OutboxStore();
  private EndpointId endpoint;

  @BeforeEach
  void anEndpoint() {
    endpoint = store.endpoint(TENANT);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** A new message fails at its first and only attempt. */
  private void fail() {
    attempt(Optional.of(Attempt.Error.STATUS_NOT_2XX));
  }

  private void attempt(Optional<Attempt.Error> error) {
    store.fill(TENANT, endpoint, 1);
    List<ClaimedDelivery> claims = store.run(store.queue.claim("worker", 1, 1));
    assertEquals(1, claims.size());
    Instant now = store.clock.instant();
    Instant longAgo = now.minus(FIVE_DAYS);
    Attempt attempt = new Attempt(now, Optional.empty(), Duration.ZERO, error);
    ClaimedDelivery claim = claims.get(0);
    // As a dispatcher decides.
    store.run(
        claim.failingSince().filter(since -> !since.isAfter(longAgo)).isPresent()
            ? store.outcomes.settleAndSwitchOff(
                claim, attempt, Optional.empty(), DisabledReason.FAILING, Optional.of(longAgo))
            : store.outcomes.settle(claim, attempt, Optional.empty()));
  }

  private void failEvery(Duration step, Duration atLeast) {
    fail();
    for (Duration passed = Duration.ZERO;
        passed.compareTo(atLeast) < 0;
        passed = passed.plus(step)) {
      store.clock.advance(step);
      fail();
    }
  }

  private boolean enabled() {
    return store.row(endpoint).getBoolean("enabled");
  }

  @Test
  void fiveDaysOfNothingButFailuresSwitchItOff() {
    failEvery(Duration.ofHours(20), FIVE_DAYS);
    assertFalse(enabled());
    assertEquals("failing", store.row(endpoint).getString("disabled_reason"));
  }

  @Test
  void fiveDaysInWhichNothingWasSentAreNone() {
    fail();
    store.clock.advance(Duration.ofDays(60));
    fail();
    assertTrue(enabled(), "it failed twice in two months");
    assertEquals(
        store.clock.instant(), store.row(endpoint).getOffsetDateTime("failing_since").toInstant());
  }

  @Test
  void silenceBeginsTheFiveDaysAnew() {
    failEvery(Duration.ofHours(20), Duration.ofDays(4));
    store.clock.advance(Duration.ofHours(31));
    failEvery(Duration.ofHours(20), Duration.ofDays(4));
    assertTrue(enabled());
    store.clock.advance(Duration.ofHours(24));
    fail();
    assertFalse(enabled());
  }

  @Test
  void theLongestWaitBetweenTwoAttemptsIsNoSilence() {
    failEvery(Duration.ofHours(29), FIVE_DAYS);
    assertFalse(enabled());
  }

  @Test
  void oneThatWorksInBetweenGoesOn() {
    failEvery(Duration.ofHours(20), Duration.ofDays(4));
    attempt(Optional.empty());
    failEvery(Duration.ofHours(20), Duration.ofDays(4));
    assertTrue(enabled());
  }

  @Test
  void aFaultOfOursIsNoFailureOfTheEndpoint() {
    attempt(Optional.of(Attempt.Error.SECRET_UNREADABLE));
    assertNull(store.row(endpoint).getOffsetDateTime("failing_since"));
    attempt(Optional.of(Attempt.Error.GIVEN_UP));
    assertNull(store.row(endpoint).getOffsetDateTime("failing_since"));
    fail();
    assertNotNull(store.row(endpoint).getOffsetDateTime("failing_since"));
    attempt(Optional.of(Attempt.Error.SECRET_UNREADABLE));
    assertNotNull(store.row(endpoint).getOffsetDateTime("failing_since"), "nor does it mend it");
  }
}
