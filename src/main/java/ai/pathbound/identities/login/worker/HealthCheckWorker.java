package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.store.ClaimedHealthCheck;
import ai.pathbound.identities.login.store.HealthCheckQueue;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Looks at stored sessions in slots and browsers that no login needs: at most a quarter of this
 * replica's, and none that a login has, also one that waits for a person. A look that waited for a
 * browser would be in a login's way.
 */
@ApplicationScoped
class HealthCheckWorker {
  private static final Logger LOG = Logger.getLogger(HealthCheckWorker.class);
  private static final int TICKS_PER_INTERVAL = 1000;
  private static final Duration LONGEST_TICK = Duration.ofSeconds(15);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration DRAIN = Duration.ofSeconds(5);

  private final RecurringTask task = new RecurringTask("looking at stored sessions");
  private final AtomicBoolean claiming = new AtomicBoolean();

  private final HealthCheckQueue queue;
  private final SessionHealthCheck look;
  private final HealthChecksInHand inHand;
  private final LeaseHeartbeat logins;
  private final Supplier<Uni<Void>> loginsGoFirst;
  private final LinkedInConnector connector;
  private final HealthCheckMetrics metrics;
  private final LoginSettings settings;
  private final Duration tick;
  private volatile Cancellable ticks = () -> {};
  private volatile boolean stopping;

  @Inject
  HealthCheckWorker(
      HealthCheckQueue queue,
      SessionHealthCheck look,
      HealthChecksInHand inHand,
      LeaseHeartbeat logins,
      LoginWorker worker,
      LinkedInConnector connector,
      HealthCheckMetrics metrics,
      LoginSettings settings) {
    this(queue, look, inHand, logins, worker::claimNow, connector, metrics, settings);
  }

  HealthCheckWorker(
      HealthCheckQueue queue,
      SessionHealthCheck look,
      HealthChecksInHand inHand,
      LeaseHeartbeat logins,
      Supplier<Uni<Void>> loginsGoFirst,
      LinkedInConnector connector,
      HealthCheckMetrics metrics,
      LoginSettings settings) {
    this.queue = queue;
    this.look = look;
    this.inHand = inHand;
    this.logins = logins;
    this.loginsGoFirst = loginsGoFirst;
    this.connector = connector;
    this.metrics = metrics;
    this.settings = settings;
    this.tick = tick(settings);
  }

  /** Often enough to spread the looks, and no oftener: each tick costs some statements. */
  private static Duration tick(LoginSettings settings) {
    Duration share = settings.health().interval().dividedBy(TICKS_PER_INTERVAL);
    Duration poll = settings.worker().pollInterval();
    Duration longest = poll.compareTo(LONGEST_TICK) > 0 ? poll : LONGEST_TICK;
    Duration atLeast = share.compareTo(poll) > 0 ? share : poll;
    return atLeast.compareTo(longest) > 0 ? longest : atLeast;
  }

  void onStart(@Observes StartupEvent event) {
    boolean off = settings.health().interval().isZero();
    // StartCheck has refused what production may not have; this refuses what no mode may have.
    require(off || settings.health().interval().compareTo(SHORTEST) >= 0, "interval");
    require(settings.health().confirmAfter().compareTo(SHORTEST) >= 0, "confirm-after");
    if (off || settings.worker().slots() <= 0) {
      return;
    }
    ticks =
        Multi.createFrom()
            .ticks()
            .every(tick)
            .onOverflow()
            .drop()
            .onItem()
            .transformToUniAndConcatenate(now -> task.run(() -> queue.prepare().chain(this::claim)))
            .subscribe()
            .with(claimed -> {});
  }

  private static void require(boolean right, String key) {
    if (!right) {
      throw new ConfigurationException(
          "identities.linkedin.health." + key + " is less than a second");
    }
  }

  private Uni<Void> claim() {
    if (stopping || free() <= 0 || !claiming.compareAndSet(false, true)) {
      return Uni.createFrom().voidItem();
    }
    return connector
        .hasRoom()
        .chain(room -> room ? claimed() : Uni.createFrom().voidItem())
        .onTermination()
        .invoke(() -> claiming.set(false));
  }

  private Uni<Void> claimed() {
    // Logins may have begun since the farm was asked.
    int free = free();
    return free <= 0
        ? Uni.createFrom().voidItem()
        : queue
            .claim(free, SessionHealthCheck.LEASE, tick)
            .invoke(claims -> claims.forEach(this::drive))
            .replaceWithVoid();
  }

  private int free() {
    return inHand.room(Math.min(settings.worker().slots(), connector.atATime()), logins.howMany());
  }

  private void drive(ClaimedHealthCheck claimed) {
    inHand.begin();
    Uni.createFrom()
        .deferred(() -> look.take(claimed))
        .invoke(metrics::count)
        .onTermination()
        .invoke(inHand::end)
        .subscribe()
        .with(taken -> goOn(), failure -> leave(claimed, failure));
  }

  private void goOn() {
    loginsFirst()
        .chain(this::claim)
        .subscribe()
        .with(done -> {}, failure -> LOG.debugf("cannot claim now, the tick will: %s", failure));
  }

  /** Where a login may wait for the slot that a look had, it is claimed before the next look. */
  private Uni<Void> loginsFirst() {
    return logins.howMany() + inHand.howMany() + 1 >= settings.worker().slots()
        ? loginsGoFirst.get().onFailure().recoverWithNull()
        : Uni.createFrom().voidItem();
  }

  /** Not written down: another worker takes it after its lease. */
  private static void leave(ClaimedHealthCheck claimed, Throwable failure) {
    LOG.warnf("a look at %s is left to its lease: %s", claimed.identity(), failure);
  }

  void onStopping(@Observes ShutdownDelayInitiatedEvent event) {
    stopping = true;
  }

  /**
   * Lets looks finish, or the next use of those sessions would have to look into their browsers.
   */
  void onStop(@Observes ShutdownEvent event) {
    stopping = true;
    ticks.cancel();
    long begun = System.nanoTime();
    while (isBusy() && System.nanoTime() - begun < DRAIN.toNanos()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  private boolean isBusy() {
    return inHand.howMany() > 0 || claiming.get();
  }

  @PreDestroy
  void end() {
    ticks.cancel();
  }
}
