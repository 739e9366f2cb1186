package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.concurrency.CoalescedTask;
import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.store.Claim;
import ai.pathbound.identities.login.store.DueLogin;
import ai.pathbound.identities.login.store.LoginQueue;
import ai.pathbound.identities.login.store.LoginSignals;
import ai.pathbound.identities.login.store.StrandedLogins;
import ai.pathbound.identities.time.Timers;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * The worker of this replica. It never claims more logins than it has free slots, so that no lease
 * runs while its login waits in memory.
 */
@ApplicationScoped
public class LoginWorker {
  private static final Logger LOG = Logger.getLogger(LoginWorker.class);

  // A claim costs a round trip and a plan, however many it brings. With more waiting than there are
  // slots, the slots that become free in this time are filled by one; beside the seconds of a login
  // in a browser it is nothing.
  private static final Duration GATHERING = Duration.ofMillis(5);

  private final RecurringTask task = new RecurringTask("claiming logins");
  private final CoalescedTask claims =
      new CoalescedTask(this::claim, () -> Timers.pause(GATHERING));
  private final AtomicBoolean wakesSoon = new AtomicBoolean();
  private final Set<DueLogin> announced = ConcurrentHashMap.newKeySet();
  // Whether others may be due than those that are announced: at the start, with each poll, and as
  // long as slots are fewer than logins. Otherwise a claim looks at the announced ones alone.
  private final AtomicBoolean othersMayWait = new AtomicBoolean(true);

  private final LoginQueue queue;
  private final StrandedLogins stranded;
  private final LoginStep step;
  private final LoginSpans spans;
  private final LoginSignals signals;
  private final LeaseHeartbeat heartbeat;
  private final HealthChecksInHand looks;
  private final LoginSettings settings;
  private final Clock clock;
  private final Timer timeToClaim;
  private volatile boolean stopping;

  LoginWorker(
      LoginQueue queue,
      StrandedLogins stranded,
      LoginStep step,
      LoginSpans spans,
      LoginSignals signals,
      LeaseHeartbeat heartbeat,
      HealthChecksInHand looks,
      LoginSettings settings,
      Clock clock,
      MeterRegistry metrics) {
    this.queue = queue;
    this.stranded = stranded;
    this.step = step;
    this.spans = spans;
    this.signals = signals;
    this.heartbeat = heartbeat;
    this.looks = looks;
    this.settings = settings;
    this.clock = clock;
    this.timeToClaim =
        Timer.builder("identities.login.time.to.claim")
            .description("How long a login waited for a worker")
            .publishPercentileHistogram()
            .register(metrics);
  }

  void onStart(@Observes StartupEvent event) {
    signals.onDue(this::announce);
  }

  /** Claims what no notification announced. */
  @Scheduled(
      every = "${identities.linkedin.worker.poll-interval:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> poll() {
    return task.run(this::claimNow);
  }

  /** Claims what is due; completes when that is done, or at once where a claim is under way. */
  Uni<Void> claimNow() {
    othersMayWait.set(true);
    return claims.run();
  }

  /** Something may be due: claims it, unless a claim is under way, which then claims once more. */
  void wake() {
    othersMayWait.set(true);
    claimSoon();
  }

  private void announce(Optional<DueLogin> login) {
    login.ifPresentOrElse(
        named -> {
          announced.add(named);
          claimSoon();
        },
        this::wake);
  }

  private void claimSoon() {
    claims
        .run()
        .subscribe()
        .with(done -> {}, failure -> LOG.debugf("cannot claim now, the poll will: %s", failure));
  }

  /** A login was settled; those that are settled with it have left their slots by then, too. */
  private void wakeSoon() {
    if (!othersMayWait.get()) {
      return;
    }
    Context context = Vertx.currentContext();
    if (context == null) {
      claimSoon();
    } else if (wakesSoon.compareAndSet(false, true)) {
      context.runOnContext(
          go -> {
            wakesSoon.set(false);
            claimSoon();
          });
    }
  }

  /** Whether it found as many as it asked for: others may wait behind them. */
  private Uni<Boolean> claim() {
    List<DueLogin> named = List.copyOf(announced);
    named.forEach(announced::remove);
    int free = settings.worker().slots() - heartbeat.howMany() - looks.howMany();
    if (stopping || free <= 0) {
      othersMayWait.set(true);
      return Uni.createFrom().item(false);
    }
    boolean any = othersMayWait.getAndSet(false) || named.size() > free;
    if (!any && named.isEmpty()) {
      return Uni.createFrom().item(false);
    }
    Instant asked = clock.instant();
    return spans
        .apart(
            any
                ? queue.claim(heartbeat.worker(), free)
                : queue.claim(heartbeat.worker(), free, named))
        .invoke(found -> drive(found, asked))
        .map(found -> found.size() == free)
        .onFailure()
        .invoke(failure -> othersMayWait.set(true))
        .invoke(this::lookAgain);
  }

  /** A slot that became free during the claim that filled all others found nobody to wake. */
  private void lookAgain(boolean filled) {
    if (filled) {
      othersMayWait.set(true);
      claims.start();
    }
  }

  private void drive(List<Claim> found, Instant asked) {
    Instant claimed = clock.instant();
    for (Claim claim : found) {
      heartbeat.hold(claim);
      timeToClaim.record(Duration.between(claim.dueAt(), claim.claimedAt()));
      Uni.createFrom()
          .deferred(() -> spans.follow(claim, asked, claimed, () -> step.drive(claim)))
          .onTermination()
          .invoke(() -> heartbeat.release(claim))
          .subscribe()
          .with(done -> wakeSoon(), failure -> leave(claim, failure));
    }
  }

  /** Not settled: another worker goes on with it after its lease. */
  private static void leave(Claim claim, Throwable failure) {
    LOG.warnf("login %s is left to its lease: %s", claim.state().facts().session(), failure);
  }

  /** Stops claiming before the shutdown delay, in which logins under way go on. */
  void onStopping(@Observes ShutdownDelayInitiatedEvent event) {
    stopping = true;
  }

  /** Lets what is under way finish, and gives the rest back. */
  void onStop(@Observes ShutdownEvent event) {
    stopping = true;
    long patience = settings.worker().drainTimeout().toNanos();
    long begun = System.nanoTime();
    while (isBusy() && System.nanoTime() - begun < patience) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    try {
      int left = heartbeat.giveBack().call(stranded::rescue).await().atMost(Duration.ofSeconds(5));
      if (left > 0) {
        LOG.infof("gave %d logins back", left);
      }
    } catch (RuntimeException e) {
      LOG.warnf("could not give logins back, their leases will end: %s", e);
    }
  }

  /** A claim under way may still bring logins, which must be given back too. */
  private boolean isBusy() {
    return heartbeat.howMany() > 0 || claims.isRunning();
  }
}
