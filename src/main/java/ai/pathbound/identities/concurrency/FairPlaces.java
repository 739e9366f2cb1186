package ai.pathbound.identities.concurrency;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Limits how many works run at a time, and shares the places between the keys (tenants) for which
 * they run: a key gets a place only while it has fewer than are free. So one alone gets half of
 * them, two a third each, and one that has none yet finds one, however slow the others' works are.
 * Keys that wait take turns.
 *
 * <p>For works that cannot be stopped: the place is given back when the work is over, whether or
 * not anybody still waits for its result. One that nobody waits for any more is not begun.
 *
 * @param <K> for whom a work runs
 */
public final class FairPlaces<K> {
  /** One piece of work that waits. */
  private record Turn(CompletableFuture<?> answer, Runnable begin) {}

  private final Map<K, Integer> inside = new HashMap<>();
  private final Map<K, Deque<Turn>> waiting = new LinkedHashMap<>();
  private int free;

  /** So many works run at a time at most. */
  public FairPlaces(int places) {
    this.free = places;
  }

  /** Does {@code work} once {@code key} may have a place; the result's thread is the work's. */
  public <T> CompletableFuture<T> run(K key, Supplier<? extends CompletionStage<T>> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Turn turn = new Turn(answer, () -> begin(key, work, answer));
    synchronized (this) {
      waiting.computeIfAbsent(key, none -> new ArrayDeque<>()).add(turn);
    }
    beginWhatMay();
    return answer;
  }

  private <T> void begin(
      K key, Supplier<? extends CompletionStage<T>> work, CompletableFuture<T> answer) {
    CompletionStage<T> begun;
    try {
      begun = work.get();
    } catch (RuntimeException e) {
      begun = CompletableFuture.failedFuture(e);
    }
    begun.whenComplete(
        (result, failure) -> {
          leave(key);
          if (failure == null) {
            answer.complete(result);
          } else {
            answer.completeExceptionally(failure);
          }
        });
  }

  private void leave(K key) {
    synchronized (this) {
      free++;
      inside.computeIfPresent(key, (same, places) -> places == 1 ? null : places - 1);
    }
    beginWhatMay();
  }

  private void beginWhatMay() {
    List<Turn> turns = new ArrayList<>();
    synchronized (this) {
      for (Turn turn = next(); turn != null; turn = next()) {
        turns.add(turn);
      }
    }
    turns.forEach(turn -> turn.begin().run());
  }

  /** The first turn of the first key that may have a place, which it has then; or null. */
  private Turn next() {
    Iterator<Map.Entry<K, Deque<Turn>>> keys = waiting.entrySet().iterator();
    while (keys.hasNext()) {
      Map.Entry<K, Deque<Turn>> entry = keys.next();
      K key = entry.getKey();
      Deque<Turn> turns = entry.getValue();
      turns.removeIf(turn -> turn.answer().isDone());
      if (turns.isEmpty()) {
        keys.remove();
      } else if (inside.getOrDefault(key, 0) < free) {
        free--;
        inside.merge(key, 1, Integer::sum);
        Turn turn = turns.poll();
        // To the end of the line: the others' turn comes first.
        keys.remove();
        if (!turns.isEmpty()) {
          waiting.put(key, turns);
        }
        return turn;
      }
    }
    return null;
  }
}
