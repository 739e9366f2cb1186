package ai.pathbound.identities.concurrency;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * A task that runs again and again. A failed run is repeated. The second consecutive failure is
 * logged as a warning, the recovery after it as info.
 */
public final class RecurringTask {
  private static final Logger LOG = Logger.getLogger(RecurringTask.class);
  private static final int TOLD = 2;

  private final String what;
  private final AtomicInteger failures = new AtomicInteger();

  /** {@code what} names the task in the log. */
  public RecurringTask(String what) {
    this.what = what;
  }

  /** Does it once; never fails. */
  public Uni<Void> run(Supplier<Uni<Void>> work) {
    return Uni.createFrom()
        .deferred(work::get)
        .invoke(this::works)
        .onFailure()
        .recoverWithUni(this::fails);
  }

  private void works() {
    if (failures.getAndSet(0) >= TOLD) {
      LOG.infof("%s: works again", what);
    }
  }

  private Uni<Void> fails(Throwable failure) {
    if (failures.incrementAndGet() == TOLD) {
      LOG.warnf("%s: fails, and is tried again: %s", what, failure);
    }
    return Uni.createFrom().voidItem();
  }
}
