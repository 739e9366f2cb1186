package ai.pathbound.identities;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;

/**
 * Random sequences of steps, as jqwik makes and shrinks them. {@code -Dsequences.count=…} says how
 * many, {@code -Dsequences.seed=…} which ones; a sequence that fails is told with its seed, and as
 * short as it still fails.
 */
public final class RandomSequences {
  private static final int GENERATED_AT_MOST = 1000;

  private RandomSequences() {}

  /** Tries {@code count} sequences of {@code steps}, or as many as it was told. */
  public static <S> void of(List<S> steps, int longest, int count, Consumer<List<S>> property) {
    long seed = Long.getLong("sequences.seed", System.nanoTime());
    int tries = Integer.getInteger("sequences.count", count);
    JqwikSession.run(
        () -> {
          RandomGenerator<List<S>> sequences =
              Arbitraries.of(steps)
                  .list()
                  .ofMinSize(1)
                  .ofMaxSize(longest)
                  .generator(GENERATED_AT_MOST);
          Random random = new Random(seed);
          for (int i = 0; i < tries; i++) {
            Shrinkable<List<S>> sequence = sequences.next(random);
            Throwable failure = failure(property, sequence.value());
            if (failure != null) {
              List<S> shortest = shrunk(sequence, property);
              throw new AssertionError(
                  "-Dsequences.seed=" + seed + ", number " + i + ": " + shortest,
                  failure(property, shortest));
            }
          }
        });
  }

  private static <S> List<S> shrunk(Shrinkable<List<S>> failing, Consumer<List<S>> property) {
    Shrinkable<List<S>> shortest = failing;
    while (true) {
      var shorter =
          shortest.shrink().filter(one -> failure(property, one.value()) != null).findFirst();
      if (shorter.isEmpty()) {
        return shortest.value();
      }
      shortest = shorter.get();
    }
  }

  private static <S> Throwable failure(Consumer<List<S>> property, List<S> sequence) {
    try {
      property.accept(sequence);
      return null;
    } catch (RuntimeException | AssertionError e) {
      return e;
    }
  }
}
