package ai.pathbound.identities.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class FairPlacesTest {
  private final FairPlaces<String> places = new FairPlaces<>(8);
  private final Map<String, List<CompletableFuture<String>>> works = new HashMap<>();

  private CompletableFuture<String> ask(String key) {
    return places.run(
        key,
        () -> {
          CompletableFuture<String> work = new CompletableFuture<>();
          works.computeIfAbsent(key, none -> new ArrayList<>()).add(work);
          return work;
        });
  }

  private void ask(String key, int times) {
    for (int i = 0; i < times; i++) {
      ask(key);
    }
  }

  private int begun(String key) {
    return works.getOrDefault(key, List.of()).size();
  }

  @Test
  void oneAloneGetsHalfAndEachThatComesHalfOfWhatIsLeft() {
    ask("a", 100);
    assertEquals(4, begun("a"));
    ask("b", 100);
    assertEquals(2, begun("b"));
    ask("c", 100);
    ask("d", 100);
    assertEquals(1, begun("c"));
    assertEquals(1, begun("d"));
    assertEquals(4, begun("a"));
  }

  @Test
  void aPlaceThatIsGivenBackGoesToWhoHasFewer() {
    ask("a", 100);
    ask("b", 100);
    ask("c", 100);
    ask("d", 100);
    ask("e", 1);
    assertEquals(0, begun("e"));
    works.get("a").get(0).complete("done");
    assertEquals(4, begun("a"), "who has more than is free took it back");
    assertEquals(1, begun("e"));
  }

  @Test
  void everyWorkIsDoneInTheEndAndThoseOfOneKeyInOrder() {
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(ask("a"));
    }
    for (int i = 0; i < 50; i++) {
      works.get("a").get(i).complete("n" + i);
      assertEquals("n" + i, answers.get(i).join());
    }
    assertEquals(50, begun("a"));
    ask("b", 100);
    assertEquals(4, begun("b"));
  }

  @Test
  void aWorkThatNobodyWaitsForIsNotBegunAndOneThatHasBegunKeepsItsPlace() {
    CompletableFuture<String> first = ask("a");
    ask("a", 3);
    CompletableFuture<String> waits = ask("a");
    first.cancel(true);
    waits.cancel(true);
    assertEquals(4, begun("a"));
    works.get("a").get(0).complete("late");
    assertEquals(4, begun("a"));
    ask("a");
    assertEquals(5, begun("a"));
  }

  @Test
  void aWorkThatFailsOrCannotBeginGivesItsPlaceBack() {
    for (int i = 0; i < 20; i++) {
      CompletableFuture<String> broken =
          places.run(
              "a",
              () -> {
                throw new IllegalStateException("no thread");
              });
      assertTrue(
          assertThrows(CompletionException.class, broken::join).getCause()
              instanceof IllegalStateException);
      CompletableFuture<String> failing = ask("a");
      works.get("a").get(i).completeExceptionally(new IllegalStateException("broken"));
      assertThrows(CompletionException.class, failing::join);
    }
    ask("b", 100);
    assertEquals(4, begun("b"));
  }
}
