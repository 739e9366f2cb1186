package ai.pathbound.identities.concurrency;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A task that never runs twice at a time: all requests that arrive while it runs cause one more run
 * after it. Every dispatcher starts with it: a thousand notifications cost two claims.
 *
 * <p>A task that gathers waits a moment after a run that found that there is more to do than it
 * could take, so that the next run finds more at a time. Where there is no crowd, nothing waits.
 */
public final class CoalescedTask {
  private static final int IDLE = 0;
  private static final int RUNNING = 1;
  private static final int RUNNING_AND_AGAIN = 2;

  private final Supplier<Uni<Boolean>> work;
  private final Supplier<Uni<Void>> gathering;
  // One number: whether it runs and whether it must run again change together, or a request that
  // comes in the moment in which a run ends is lost.
  private final AtomicInteger state = new AtomicInteger(IDLE);

  /**
   * @param work one run of the task
   */
  public CoalescedTask(Supplier<Uni<Void>> work) {
    this(() -> work.get().replaceWith(false), Uni.createFrom()::voidItem);
  }

  /**
   * A task that gathers.
   *
   * @param work one run of the task; true where there is a crowd, of which more will come
   * @param gathering what passes between a run that found a crowd and the next one
   */
  public CoalescedTask(Supplier<Uni<Boolean>> work, Supplier<Uni<Void>> gathering) {
    this.work = work;
    this.gathering = gathering;
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

  /** Whether it runs now, or gathers. */
  public boolean isRunning() {
    return state.get() != IDLE;
  }

  private Uni<Void> once() {
    return Uni.createFrom()
        .deferred(work::get)
        .onTermination()
        .invoke((crowd, failure, cancelled) -> ended(Boolean.TRUE.equals(crowd)))
        .replaceWithVoid();
  }

  private void ended(boolean crowd) {
    if (crowd) {
      gathering.get().subscribe().with(done -> next(), failure -> next());
    } else {
      next();
    }
  }

  private void next() {
    if (state.decrementAndGet() == RUNNING) {
      once().subscribe().with(done -> {}, failure -> {});
    }
  }
}
