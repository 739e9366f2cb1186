package ai.pathbound.identities.concurrency;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A task that never runs twice at a time: all requests that arrive while it runs cause one more run
 * after it. Every dispatcher starts with it: a thousand notifications cost two claims.
 */
public final class CoalescedTask {
  private final Supplier<Uni<Void>> work;
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();

  /**
   * @param work one run of the task
   */
  public CoalescedTask(Supplier<Uni<Void>> work) {
    this.work = work;
  }

  /** Runs the task; where it runs already, has it run again after that and completes at once. */
  public Uni<Void> run() {
    return Uni.createFrom()
        .deferred(
            () -> {
              if (!running.compareAndSet(false, true)) {
                again.set(true);
                return Uni.createFrom().voidItem();
              }
              return Uni.createFrom().deferred(work::get).onTermination().invoke(this::ended);
            });
  }

  /** Runs it without a result; a caller that must know of a failure calls {@link #run}. */
  public void start() {
    run().subscribe().with(done -> {}, failure -> {});
  }

  /** Whether it runs now. */
  public boolean isRunning() {
    return running.get();
  }

  private void ended() {
    running.set(false);
    if (again.getAndSet(false)) {
      start();
    }
  }
}
