package ai.pathbound.identities.concurrency;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * A task that runs once at a time: who asks for it while it runs makes it run once more after that,
 * however many ask. The beginning of every dispatcher: a thousand notifications are two claims.
 */
public final class CoalescedTask {
  private final Supplier<Uni<Void>> work;
  private final AtomicBoolean running = new AtomicBoolean();
  private final AtomicBoolean again = new AtomicBoolean();

  /** {@code work} does it once. */
  public CoalescedTask(Supplier<Uni<Void>> work) {
    this.work = work;
  }

  /** Does it, or has it done again by whoever does it now; then there is nothing to wait for. */
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

  /** Does it without being waited for; a failure is {@link #run}'s caller's business. */
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
