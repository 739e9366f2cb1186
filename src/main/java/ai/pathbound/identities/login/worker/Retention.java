package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.idempotency.IdempotentRequests;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.store.StrandedLogins;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/** Deletes in small batches what is no longer kept: ended logins and stored answers. */
@ApplicationScoped
class Retention {
  private static final Duration SHORTEST = Duration.ofDays(7);

  private final StrandedLogins logins;
  private final IdempotentRequests calls;
  private final Pool pool;
  private final LoginSettings settings;
  private final RecurringTask task = new RecurringTask("retention");

  Retention(StrandedLogins logins, IdempotentRequests calls, Pool pool, LoginSettings settings) {
    this.logins = logins;
    this.calls = calls;
    this.pool = pool;
    this.settings = settings;
  }

  void check(@Observes StartupEvent start) {
    if (settings.keep().compareTo(SHORTEST) < 0) {
      throw new ConfigurationException(
          "identities.linkedin.keep is less than a week (7D), for which an ended login can be asked for");
    }
  }

  @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> prune() {
    return task.run(() -> logins.prune().chain(() -> calls.prune(pool)));
  }
}
