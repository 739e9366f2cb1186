package ai.pathbound.identities.login.connector.webdriver;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Lets at most so many through at once; the others wait in the order in which they came. */
final class Gate {
  private enum Where {
    OUTSIDE,
    WAITING,
    INSIDE
  }

  /** One who wants in. Its fields are guarded by the gate. */
  private static final class Turn {
    private Where where = Where.OUTSIDE;
    private UniEmitter<? super Turn> emitter;
  }

  private final Deque<Turn> waiting = new ArrayDeque<>();
  private int free;

  Gate(int addresses) {
    this.free = addresses;
  }

  /** Does {@code work} once there is a place; the place is free again however that ends. */
  <T> Uni<T> through(Supplier<Uni<? extends T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Turn turn = new Turn();
              return Uni.createFrom()
                  .<Turn>emitter(emitter -> enter(turn, emitter))
                  .<T>chain(entered -> work.get())
                  .onTermination()
                  .invoke(() -> leave(turn));
            });
  }

  private void enter(Turn turn, UniEmitter<? super Turn> emitter) {
    synchronized (this) {
      if (free == 0) {
        turn.emitter = emitter;
        turn.where = Where.WAITING;
        waiting.add(turn);
        return;
      }
      free--;
      turn.where = Where.INSIDE;
    }
    emitter.complete(turn);
  }

  private void leave(Turn turn) {
    Turn next;
    synchronized (this) {
      Where was = turn.where;
      turn.where = Where.OUTSIDE;
      if (was != Where.INSIDE) {
        waiting.remove(turn);
        return;
      }
      next = waiting.poll();
      if (next == null) {
        free++;
        return;
      }
      // Inside before it is told: were it cancelled in between, it gives its place back.
      next.where = Where.INSIDE;
    }
    next.emitter.complete(next);
  }
}
