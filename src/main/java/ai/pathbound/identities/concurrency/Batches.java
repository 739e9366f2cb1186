package ai.pathbound.identities.concurrency;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Groups requests that arrive at the same time into one execution. No request is delayed to form a
 * group: where an execution slot is free, it starts in this turn of the event loop; where none is,
 * the waiting requests become one group as soon as a slot is free.
 *
 * <p>A single request runs in its caller's Vert.x context, a group in the first caller's; each
 * caller receives its own result.
 *
 * @param <T> a request
 * @param <R> its result
 */
public final class Batches<T, R> {
  /** One piece of work; its emitter answers in the Vert.x context of who asked. */
  private static final class Turn<T, R> {
    private final T item;
    private final UniEmitter<? super R> emitter;
    private final Context context = Vertx.currentContext();

    Turn(T item, UniEmitter<? super R> emitter) {
      this.item = item;
      this.emitter = emitter;
    }

    /** In a turn of its context. */
    void answer(Uni<R> result) {
      result.subscribe().with(emitter::complete, emitter::fail);
    }

    void inItsContext(Runnable work) {
      if (context == Vertx.currentContext()) {
        work.run();
      } else {
        inATurnOfItsContext(work);
      }
    }

    void inATurnOfItsContext(Runnable work) {
      if (context == null) {
        work.run();
      } else {
        context.runOnContext(now -> work.run());
      }
    }
  }

  private final Deque<Turn<T, R>> waiting = new ArrayDeque<>();
  private final int atMost;
  private final Function<T, Uni<R>> one;
  private final Function<List<T>, Uni<Map<T, R>>> many;
  private int free;

  /**
   * @param atATime how many batches are under way at most
   * @param atMost how large a batch is at most
   * @param one does one alone
   * @param many does several; whatever it leaves out is done alone, and so are all where it fails,
   *     so that one cannot spoil the others. It must have done nothing then, or doing it again must
   *     be harmless.
   */
  public Batches(
      int atATime, int atMost, Function<T, Uni<R>> one, Function<List<T>, Uni<Map<T, R>>> many) {
    this.free = atATime;
    this.atMost = atMost;
    this.one = one;
    this.many = many;
  }

  /**
   * Does {@code item}, alone or with others. Once it has begun, a cancellation does not stop it.
   */
  public Uni<R> run(T item) {
    return Uni.createFrom().emitter(emitter -> enter(new Turn<T, R>(item, emitter)));
  }

  private void enter(Turn<T, R> turn) {
    turn.emitter.onTermination(() -> forget(turn));
    synchronized (this) {
      waiting.add(turn);
      if (free == 0) {
        return;
      }
      free--;
    }
    // After what this turn of the event loop brings besides.
    if (turn.context == null) {
      next();
    } else {
      turn.context.runOnContext(go -> next());
    }
  }

  private synchronized void forget(Turn<T, R> turn) {
    waiting.remove(turn);
  }

  private void next() {
    List<Turn<T, R>> batch = new ArrayList<>();
    synchronized (this) {
      while (batch.size() < atMost && !waiting.isEmpty()) {
        batch.add(waiting.poll());
      }
      if (batch.isEmpty()) {
        free++;
        return;
      }
    }
    if (batch.size() == 1) {
      Turn<T, R> turn = batch.get(0);
      turn.inItsContext(() -> alone(turn));
    } else {
      Uni.createFrom()
          .deferred(() -> many.apply(batch.stream().map(turn -> turn.item).toList()))
          .subscribe()
          .with(done -> end(batch, done), failure -> end(batch, Map.of()));
    }
  }

  private void alone(Turn<T, R> turn) {
    turn.answer(
        Uni.createFrom().deferred(() -> one.apply(turn.item)).onTermination().invoke(this::next));
  }

  private void end(List<Turn<T, R>> batch, Map<T, R> results) {
    for (Turn<T, R> turn : batch) {
      R result = results.get(turn.item);
      // Of the first one, too, whose context this may be: going on at once, it would ask for its
      // next step before the others are there, and have it alone.
      turn.inATurnOfItsContext(
          () ->
              turn.answer(
                  result == null
                      ? Uni.createFrom().deferred(() -> one.apply(turn.item))
                      : Uni.createFrom().item(result)));
    }
    next();
  }
}
