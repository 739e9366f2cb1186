package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.login.store.StrandedLogins;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Sees to logins whose worker is gone and to those whose time is over; on every replica. */
@ApplicationScoped
class StrandedLoginRescuer {
  private static final Logger LOG = Logger.getLogger(StrandedLoginRescuer.class);

  private final StrandedLogins logins;
  private final Counter rescued;
  private final RecurringTask task = new RecurringTask("rescuing logins");

  StrandedLoginRescuer(StrandedLogins logins, MeterRegistry metrics) {
    this.logins = logins;
    this.rescued =
        Counter.builder("identities.login.rescues")
            .description("Logins taken from a worker that gave no sign of life")
            .register(metrics);
  }

  @Scheduled(
      every = "${identities.linkedin.worker.poll-interval:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> tick() {
    return task.run(this::expireAndRescue);
  }

  /** Expires first: an overdue login must not be rescued and driven on. */
  private Uni<Void> expireAndRescue() {
    return logins
        .expire()
        .onItemOrFailure()
        .transformToUni(
            (expired, failure) ->
                logins
                    .rescue()
                    .invoke(this::count)
                    .chain(
                        () ->
                            failure == null
                                ? Uni.createFrom().voidItem()
                                : Uni.createFrom().failure(failure)));
  }

  private void count(int howMany) {
    if (howMany > 0) {
      rescued.increment(howMany);
      LOG.warnf("took %d logins from workers that gave no sign of life", howMany);
    }
  }
}
