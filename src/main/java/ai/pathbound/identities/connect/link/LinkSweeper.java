package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.concurrency.RecurringTask;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Ends links whose time is over and forgets old ones; on every replica, no leader. */
@ApplicationScoped
class LinkSweeper {
  private final LinkEndings endings;
  private final RecurringTask expiring = new RecurringTask("expiring connect links");
  private final RecurringTask pruning = new RecurringTask("retention of connect links");

  LinkSweeper(LinkEndings endings) {
    this.endings = endings;
  }

  @Scheduled(
      every = "${identities.connect.sweep-interval:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> expire() {
    return expiring.run(() -> endings.expire().replaceWithVoid());
  }

  @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> prune() {
    return pruning.run(endings::prune);
  }
}
