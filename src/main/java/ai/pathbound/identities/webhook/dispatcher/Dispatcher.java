package ai.pathbound.identities.webhook.dispatcher;

import ai.pathbound.identities.concurrency.CoalescedTask;
import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.id.EndpointId;
import ai.pathbound.identities.webhook.WebhookSettings;
import ai.pathbound.identities.webhook.store.ClaimedDelivery;
import ai.pathbound.identities.webhook.store.DeliveryQueue;
import ai.pathbound.identities.webhook.store.EndpointRemoval;
import ai.pathbound.identities.webhook.store.OutboxSignal;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * The dispatcher of this replica: never claims more messages than it has free slots, and sends none
 * whose lease could be over before its attempt is.
 */
@ApplicationScoped
public class Dispatcher {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class);

  /** What was written is committed by then, mostly; where it is not, the poll finds it. */
  private static final long COMMIT_MILLIS = 20;

  /** What is on its way since the replica was told to stop; longer than that, it is sent again. */
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private static final Duration GIVE_BACK = Duration.ofSeconds(2);

  private final String worker = UUID.randomUUID().toString();
  private final RecurringTask task = new RecurringTask("sending messages");
  private final CoalescedTask claims = new CoalescedTask(this::claim);
  private final AtomicBoolean signalled = new AtomicBoolean();
  private final Map<ClaimedDelivery, Exchange> inHand = new ConcurrentHashMap<>();

  private final DeliveryQueue queue;
  private final MessageStep step;
  private final OutboxSignal outbox;
  private final EndpointRemoval removal;
  private final WebhookSettings settings;
  private final Vertx vertx;
  private volatile boolean stopping;
  private volatile boolean stopped;

  Dispatcher(
      DeliveryQueue queue,
      MessageStep step,
      OutboxSignal outbox,
      EndpointRemoval removal,
      WebhookSettings settings,
      Vertx vertx) {
    this.queue = queue;
    this.step = step;
    this.outbox = outbox;
    this.removal = removal;
    this.settings = settings;
    this.vertx = vertx;
  }

  void onStart(@Observes StartupEvent event) {
    if (settings.lease().compareTo(settings.timeout()) <= 0) {
      throw new ConfigurationException(
          "identities.webhooks.lease is not longer than identities.webhooks.timeout");
    }
    outbox.onWritten(this::wakeSoon);
    removal.onRemoval(endpoint -> giveUp(List.of(endpoint)));
  }

  /** Sends what no signal woke the dispatcher for, and what other replicas left. */
  @Scheduled(
      every = "${identities.webhooks.poll-interval:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> poll() {
    if (settings.slots() <= 0 || stopped) {
      return Uni.createFrom().voidItem();
    }
    return task.run(() -> queue.rescue().chain(this::giveUpSwitchedOff).chain(claims::run));
  }

  private Uni<Void> giveUpSwitchedOff() {
    return inHand.isEmpty()
        ? Uni.createFrom().voidItem()
        : queue.switchedOff(worker).invoke(this::giveUp).replaceWithVoid();
  }

  private void giveUp(List<EndpointId> endpoints) {
    inHand.forEach(
        (message, exchange) -> {
          if (endpoints.contains(message.endpoint())) {
            exchange.giveUp();
          }
        });
  }

  private void wakeSoon() {
    if (settings.slots() > 0 && !stopping && signalled.compareAndSet(false, true)) {
      vertx.setTimer(
          COMMIT_MILLIS,
          now -> {
            signalled.set(false);
            wake();
          });
    }
  }

  private void wake() {
    claims
        .run()
        .subscribe()
        .with(done -> {}, failure -> LOG.debugf("cannot claim now, the poll will: %s", failure));
  }

  private Uni<Void> claim() {
    int free = settings.slots() - inHand.size();
    if (stopping || free <= 0) {
      return Uni.createFrom().voidItem();
    }
    long asked = System.nanoTime();
    return queue
        .claim(worker, free, freeForFailing())
        .invoke(found -> found.forEach(claim -> drive(claim, asked)))
        .replaceWithVoid();
  }

  private int freeForFailing() {
    long failing =
        inHand.keySet().stream().filter(message -> message.failingSince().isPresent()).count();
    return (int) Math.max(0, Math.max(1, settings.slots() / 2) - failing);
  }

  private void drive(ClaimedDelivery message, long asked) {
    // The lease began after this was asked, and who deletes an endpoint waits for its end.
    Exchange exchange = new Exchange(asked + settings.lease().toNanos(), () -> reportLate(message));
    inHand.put(message, exchange);
    Uni.createFrom()
        .deferred(() -> isFresh(asked) ? step.drive(message, exchange) : tooLate())
        .onTermination()
        .invoke(() -> inHand.remove(message))
        .subscribe()
        .with(done -> wake(), failure -> leave(message, failure));
  }

  private static void reportLate(ClaimedDelivery message) {
    LOG.warnf(
        "%s may have been sent after its lease was over, and after its endpoint was deleted or"
            + " another replica sent it: this process stood still while it wrote to the network",
        message);
  }

  /** Whether an attempt that begins now ends before the lease does, whose clock is older. */
  private boolean isFresh(long asked) {
    long age = System.nanoTime() - asked;
    return !stopped && age < settings.lease().minus(settings.timeout()).toNanos();
  }

  private static Uni<Void> tooLate() {
    return Uni.createFrom().failure(new IllegalStateException("claimed too long ago"));
  }

  /** Not settled: its lease ends, and a dispatcher claims it again. */
  private static void leave(ClaimedDelivery message, Throwable failure) {
    LOG.warnf("%s is left to its lease: %s", message, failure);
  }

  /** Before the delay, in which what is under way goes on: another replica claims from now on. */
  void onStopping(@Observes ShutdownDelayInitiatedEvent event) {
    stopping = true;
  }

  /** Lets what is under way finish, and gives the rest back. */
  void onStop(@Observes ShutdownEvent event) {
    stopping = true;
    long begun = System.nanoTime();
    while (isBusy() && System.nanoTime() - begun < DRAIN.toNanos()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    stopped = true;
    inHand.values().forEach(Exchange::interrupt);
    if (settings.slots() <= 0) {
      return;
    }
    try {
      int left = queue.giveBack(worker).call(queue::rescue).await().atMost(GIVE_BACK);
      if (left > 0) {
        LOG.infof("gave %d messages back", left);
      }
    } catch (RuntimeException e) {
      LOG.warnf("could not give messages back, their leases will end: %s", e);
    }
  }

  private boolean isBusy() {
    return !inHand.isEmpty() || claims.isRunning();
  }
}
