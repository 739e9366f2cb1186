package ai.pathbound.identities.webhook.dispatcher;

import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.webhook.store.Attempt;
import ai.pathbound.identities.webhook.store.DeliveryQueue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Attempts and messages of this replica by what came of them, and what waits in the service. */
@ApplicationScoped
class MessageMetrics {
  private static final String DELIVERED = "delivered";
  private static final String FAILED = "failed";
  private static final double MILLIS = 1000;

  private final DeliveryQueue queue;
  private final MeterRegistry metrics;
  private final RecurringTask task = new RecurringTask("reading the outbox' depth");
  private final AtomicLong waiting = new AtomicLong();
  private final AtomicLong overdueMillis = new AtomicLong();

  MessageMetrics(DeliveryQueue queue, MeterRegistry metrics) {
    this.queue = queue;
    this.metrics = metrics;
    Gauge.builder("identities.webhook.waiting", waiting, AtomicLong::doubleValue)
        .description("Messages that wait for an attempt, now or later")
        .register(metrics);
    Gauge.builder(
            "identities.webhook.oldest.unsent", overdueMillis, millis -> millis.get() / MILLIS)
        .description(
            "How long the oldest message has been due, of endpoints that work and take more")
        .baseUnit("seconds")
        .register(metrics);
    // Shown as 0 before they happen: a series that is born at 1 has not increased to Prometheus.
    attempts(DELIVERED, 0);
    for (Attempt.Error error : Attempt.Error.values()) {
      attempts(error.wireName(), 0);
    }
    List.of(DELIVERED, FAILED).forEach(outcome -> messages(outcome, 0));
  }

  /** An attempt was written down, and this is how the delivery stands since. */
  void settled(Attempt attempt, Optional<String> status) {
    attempts(attempt.error().map(Attempt.Error::wireName).orElse(DELIVERED), 1);
    status
        .filter(word -> word.equals(DELIVERED) || word.equals(FAILED))
        .ifPresent(word -> messages(word, 1));
  }

  private void attempts(String outcome, int more) {
    metrics.counter("identities.webhook.attempts", "outcome", outcome).increment(more);
  }

  private void messages(String outcome, int more) {
    metrics.counter("identities.webhook.messages", "outcome", outcome).increment(more);
  }

  @Scheduled(every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> read() {
    return task.run(
        () ->
            queue
                .depth()
                .invoke(
                    depth -> {
                      waiting.set(depth.waiting());
                      overdueMillis.set(depth.overdue().toMillis());
                    })
                .replaceWithVoid());
  }
}
