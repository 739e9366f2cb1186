package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.idempotency.IdempotentCalls;
import ai.pathbound.identities.login.Tick;
import ai.pathbound.identities.login.store.StrandedLogins;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;

/** Forgets what is old enough, in small batches: ended logins and remembered answers. */
@ApplicationScoped
class Retention {
  private final StrandedLogins logins;
  private final IdempotentCalls calls;
  private final Pool pool;
  private final Tick tick = new Tick("retention");

  Retention(StrandedLogins logins, IdempotentCalls calls, Pool pool) {
    this.logins = logins;
    this.calls = calls;
    this.pool = pool;
  }

  @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> prune() {
    return tick.run(() -> logins.prune().chain(() -> calls.prune(pool)));
  }
}
