package ai.pathbound.identities.concurrency;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A task that never runs twice at a time: all requests that arrive while it runs cause one more run
 * after it. Every dispatcher starts with it: a thousand notifications cost two claims.
 */
public final class CoalescedTask {
  private static final int IDLE = 0;
  private static final int RUNNING = 1;
  private static final int RUNNING_AND_AGAIN = 2;

  private final Supplier<Uni<Void>> work;
  // One number: whether it runs and whether it must run again change together, or a request that
  // comes in the moment in which a run ends is lost.
  private final AtomicInteger state = new AtomicInteger(IDLE);

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
            () ->
                state.getAndUpdate(was -> was == IDLE ? RUNNING : RUNNING_AND_AGAIN) == IDLE
                    ? once()
                    : Uni.createFrom().voidItem());
  }

  /** Runs it without a result; a caller that must know of a failure calls {@link #run}. */
  public void start() {
    run().subscribe().with(done -> {}, failure -> {});
  }

  /** Whether it runs now. */
  public boolean isRunning() {
    return state.get() != IDLE;
  }

  private Uni<Void> once() {
    return Uni.createFrom().deferred(work::get).onTermination().invoke(this::ended);
  }

  private void ended() {
    if (state.decrementAndGet() == RUNNING) {
      once().subscribe().with(done -> {}, failure -> {});
    }
  }
}
