package ai.pathbound.identities.ratelimit;

import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.time.ClockTimeMeter;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A token bucket for each tenant, in this replica's memory: it protects the replica, and costs no
 * query.
 */
@ApplicationScoped
class RateLimits {
  private final RateLimitSettings settings;
  private final TimeMeter time;
  private final Map<TenantId, Bucket> buckets = new ConcurrentHashMap<>();

  RateLimits(RateLimitSettings settings, Clock clock) {
    this.settings = settings;
    this.time = new ClockTimeMeter(clock);
  }

  void check(@Observes StartupEvent start) {
    boolean unfit =
        settings.budget() < 0
            || settings.window().toSeconds() < 1
            || settings.budget() > settings.window().toNanos();
    if (unfit) {
      throw new ConfigurationException(
          "identities.requests.budget must be 0 or more, and identities.requests.window at least 1s"
              + " with no more than one request a nanosecond");
    }
  }

  /**
   * The result of one request.
   *
   * @param taken whether it is within the budget
   * @param left how many more are, right now
   * @param untilNext how long until there is one more
   * @param untilFull how long until the whole budget is there again
   */
  record Spent(boolean taken, long left, Duration untilNext, Duration untilFull) {}

  boolean areSet() {
    return settings.budget() > 0;
  }

  /** Counts a request of {@code tenant}; one that is refused costs nothing. */
  Spent spend(TenantId tenant) {
    ConsumptionProbe probe =
        buckets.computeIfAbsent(tenant, first -> full()).tryConsumeAndReturnRemaining(1);
    return new Spent(
        probe.isConsumed(),
        probe.getRemainingTokens(),
        Duration.ofNanos(probe.getNanosToWaitForRefill()),
        Duration.ofNanos(probe.getNanosToWaitForReset()));
  }

  private Bucket full() {
    int budget = settings.budget();
    return Bucket.builder()
        .addLimit(limit -> limit.capacity(budget).refillGreedy(budget, settings.window()))
        .withCustomTimePrecision(time)
        .build();
  }

  /** Drops full buckets: a full bucket equals a new one. */
  @Scheduled(every = "1m", delayed = "1m")
  void forget() {
    buckets.values().removeIf(bucket -> bucket.getAvailableTokens() >= settings.budget());
  }

  /** The number of tenants with a bucket. */
  int kept() {
    return buckets.size();
  }
}
