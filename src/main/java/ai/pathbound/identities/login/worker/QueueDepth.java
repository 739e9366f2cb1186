package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.store.LoginQueue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** How many logins are under way, by status, in the whole service; read now and then. */
@ApplicationScoped
class QueueDepth {
  private final LoginQueue queue;
  private final RecurringTask task = new RecurringTask("reading the queue's depth");
  private final Map<LoginStatus, AtomicLong> depths = new EnumMap<>(LoginStatus.class);

  QueueDepth(LoginQueue queue, MeterRegistry metrics) {
    this.queue = queue;
    for (LoginStatus status : LoginStatus.values()) {
      if (!status.isTerminal()) {
        AtomicLong depth = new AtomicLong();
        depths.put(status, depth);
        Gauge.builder("identities.login.sessions", depth, AtomicLong::doubleValue)
            .description("Logins under way, by status")
            .tag("status", status.wireName())
            .register(metrics);
      }
    }
  }

  @Scheduled(every = "15s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> read() {
    return task.run(
        () ->
            queue
                .depths()
                .invoke(
                    found ->
                        depths.forEach(
                            (status, depth) -> depth.set(found.getOrDefault(status, 0L))))
                .replaceWithVoid());
  }
}
