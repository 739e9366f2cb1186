package ai.pathbound.identities.concurrency;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Does only so many things at a time; the others wait in the order in which they came. */
public final class Bulkhead {
  private enum Place {
    OUTSIDE,
    WAITING,
    INSIDE
  }

  /** One piece of work. Its place and its emitter are guarded by the bulkhead. */
  private static final class Turn {
    private final Context context = Vertx.currentContext();
    private Place place = Place.OUTSIDE;
    private UniEmitter<? super Void> emitter;

    void begin() {
      if (context == null) {
        emitter.complete(null);
      } else {
        context.runOnContext(go -> emitter.complete(null));
      }
    }
  }

  private final Deque<Turn> waiting = new ArrayDeque<>();
  private int free;

  /** Lets {@code atMost} through at a time. */
  public Bulkhead(int atMost) {
    this.free = atMost;
  }

  /**
   * Does {@code work} once there is a place for it, in the Vert.x context that asks for it. The
   * place is free again however the work ends, also where nobody wants it any more.
   */
  public <T> Uni<T> run(Supplier<Uni<? extends T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Turn turn = new Turn();
              return Uni.createFrom()
                  .<Void>emitter(emitter -> enter(turn, emitter))
                  .<T>chain(entered -> work.get())
                  .onTermination()
                  .invoke(() -> leave(turn));
            });
  }

  private void enter(Turn turn, UniEmitter<? super Void> emitter) {
    synchronized (this) {
      if (free == 0) {
        turn.emitter = emitter;
        turn.place = Place.WAITING;
        waiting.add(turn);
        return;
      }
      free--;
      turn.place = Place.INSIDE;
    }
    emitter.complete(null);
  }

  private void leave(Turn turn) {
    Turn next;
    synchronized (this) {
      Place was = turn.place;
      turn.place = Place.OUTSIDE;
      if (was != Place.INSIDE) {
        waiting.remove(turn);
        return;
      }
      next = waiting.poll();
      if (next == null) {
        free++;
        return;
      }
      // Inside before it is told: were it cancelled in between, it gives its place back.
      next.place = Place.INSIDE;
    }
    next.begin();
  }
}
