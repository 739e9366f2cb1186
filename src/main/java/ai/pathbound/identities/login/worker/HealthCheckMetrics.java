package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.store.HealthCheckOutcome;
import ai.pathbound.identities.login.store.HealthCheckQueue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/** This replica's looks at stored sessions by what came of them, and what waits in the service. */
@ApplicationScoped
class HealthCheckMetrics {
  private static final double MILLIS = 1000;

  private final HealthCheckQueue queue;
  private final LoginSettings settings;
  private final MeterRegistry metrics;
  private final RecurringTask task = new RecurringTask("reading how many looks are due");
  private final AtomicLong due = new AtomicLong();
  private final AtomicLong overdueMillis = new AtomicLong();

  HealthCheckMetrics(HealthCheckQueue queue, LoginSettings settings, MeterRegistry metrics) {
    this.queue = queue;
    this.settings = settings;
    this.metrics = metrics;
    Gauge.builder("identities.linkedin.health.due", due, AtomicLong::doubleValue)
        .description("Stored sessions that wait for a look now")
        .register(metrics);
    Gauge.builder(
            "identities.linkedin.health.overdue", overdueMillis, millis -> millis.get() / MILLIS)
        .description("How long the stored session that waits longest for a look has waited")
        .baseUnit("seconds")
        .register(metrics);
    // Shown as 0 before they happen: a series that is born at 1 has not increased to Prometheus.
    for (HealthCheckOutcome outcome : HealthCheckOutcome.values()) {
      count(outcome, 0);
    }
  }

  void count(HealthCheckOutcome outcome) {
    count(outcome, 1);
  }

  private void count(HealthCheckOutcome outcome, int more) {
    metrics
        .counter("identities.linkedin.health.looks", "outcome", outcome.wireName())
        .increment(more);
  }

  @Scheduled(every = "30s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> read() {
    if (settings.health().interval().isZero()) {
      return Uni.createFrom().voidItem();
    }
    return task.run(
        () ->
            queue
                .depth()
                .invoke(
                    depth -> {
                      due.set(depth.due());
                      overdueMillis.set(depth.overdue().toMillis());
                    })
                .replaceWithVoid());
  }
}
