package ai.pathbound.identities.login.store;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Does only so many things at a time; the others wait for their turn, first come, first served. */
final class Turns {
  private final int atMost;
  private final Deque<Turn> waiting = new ArrayDeque<>();
  private int taken;

  Turns(int atMost) {
    this.atMost = atMost;
  }

  /** Does {@code work} when it is its turn, in the Vert.x context that asks for it. */
  <T> Uni<T> take(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Turn turn = new Turn(Vertx.currentContext());
              return Uni.createFrom()
                  .<Void>emitter(emitter -> ask(turn, emitter))
                  .chain(work::get)
                  .onTermination()
                  .invoke(() -> end(turn));
            });
  }

  private void ask(Turn turn, UniEmitter<? super Void> emitter) {
    turn.emitter = emitter;
    synchronized (this) {
      if (taken >= atMost) {
        waiting.add(turn);
        return;
      }
      taken++;
    }
    emitter.complete(null);
  }

  /** Also of one who did not want to wait any longer. */
  private void end(Turn turn) {
    Turn next;
    synchronized (this) {
      if (waiting.remove(turn)) {
        return;
      }
      next = waiting.poll();
      if (next == null) {
        taken--;
      }
    }
    if (next != null) {
      next.begin();
    }
  }

  private static final class Turn {
    private final Context context;
    private UniEmitter<? super Void> emitter;

    Turn(Context context) {
      this.context = context;
    }

    void begin() {
      if (context == null) {
        emitter.complete(null);
      } else {
        context.runOnContext(go -> emitter.complete(null));
      }
    }
  }
}
