package ai.pathbound.identities.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private final List<String> alone = new ArrayList<>();
  private final List<UniEmitter<? super String>> answersAlone = new ArrayList<>();
  private final List<List<String>> together = new ArrayList<>();
  private final List<UniEmitter<? super Map<String, String>>> answersTogether = new ArrayList<>();
  private final Batches<String, String> batches =
      new Batches<>(
          1,
          3,
          item -> {
            alone.add(item);
            return Uni.createFrom().emitter(answersAlone::add);
          },
          items -> {
            together.add(items);
            return Uni.createFrom().emitter(answersTogether::add);
          });

  private UniAssertSubscriber<String> ask(String item) {
    return batches.run(item).subscribe().withSubscriber(UniAssertSubscriber.create());
  }

  @Test
  void theFirstBeginsAtOnceAndTheOthersTogetherAfterIt() {
    UniAssertSubscriber<String> first = ask("a");
    UniAssertSubscriber<String> second = ask("b");
    UniAssertSubscriber<String> third = ask("c");
    assertEquals(List.of("a"), alone);
    answersAlone.get(0).complete("A");
    first.assertItem("A");
    assertEquals(List.of(List.of("b", "c")), together);
    answersTogether.get(0).complete(Map.of("b", "B", "c", "C"));
    second.assertItem("B");
    third.assertItem("C");
    assertEquals(List.of("a"), alone);
  }

  @Test
  void whatABatchLeavesOutIsDoneAlone() {
    ask("a");
    UniAssertSubscriber<String> locked = ask("b");
    ask("c").assertNotTerminated();
    answersAlone.get(0).complete("A");
    answersTogether.get(0).complete(Map.of("c", "C"));
    assertEquals(List.of("a", "b"), alone);
    answersAlone.get(1).complete("B");
    locked.assertItem("B");
  }

  @Test
  void oneThatFailsSpoilsNoOther() {
    ask("a");
    UniAssertSubscriber<String> good = ask("b");
    UniAssertSubscriber<String> bad = ask("c");
    answersAlone.get(0).complete("A");
    answersTogether.get(0).fail(new IllegalStateException("of c"));
    assertEquals(List.of("a", "b", "c"), alone);
    answersAlone.get(1).complete("B");
    answersAlone.get(2).fail(new IllegalStateException("of c"));
    good.assertItem("B");
    bad.assertFailedWith(IllegalStateException.class, "of c");
  }

  @Test
  void aBatchHasItsBound() {
    ask("a");
    for (String item : List.of("b", "c", "d", "e")) {
      ask(item);
    }
    answersAlone.get(0).complete("A");
    assertEquals(List.of(List.of("b", "c", "d")), together);
    answersTogether.get(0).complete(Map.of("b", "B", "c", "C", "d", "D"));
    assertEquals(List.of("a", "e"), alone);
  }

  @Test
  void whoWaitsNoLongerIsLeftOut() {
    ask("a");
    ask("b").cancel();
    answersAlone.get(0).complete("A");
    assertEquals(List.of(), together);
    ask("c");
    assertEquals(List.of("a", "c"), alone);
  }

  /** As a login does that goes from one such statement to the next. */
  @Test
  void thoseThatWereTogetherAreTogetherInTheNextStepToo() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
      Batches<Integer, Integer> first = counted(sizes);
      Batches<Integer, Integer> second = counted(sizes);
      Context root = vertx.getOrCreateContext();
      CountDownLatch done = new CountDownLatch(16);
      root.runOnContext(
          go -> {
            for (int i = 0; i < 16; i++) {
              int item = i;
              ((ContextInternal) root)
                  .duplicate()
                  .runOnContext(
                      own ->
                          first
                              .run(item)
                              .chain(second::run)
                              .subscribe()
                              .with(answer -> done.countDown()));
            }
          });
      assertTrue(done.await(30, TimeUnit.SECONDS));
      assertEquals(List.of(16, 16), sizes);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  private static Batches<Integer, Integer> counted(List<Integer> sizes) {
    return new Batches<>(
        2,
        16,
        item -> {
          sizes.add(1);
          return Uni.createFrom().item(item);
        },
        items -> {
          sizes.add(items.size());
          return Uni.createFrom()
              .item(items.stream().collect(Collectors.toMap(item -> item, item -> item)));
        });
  }

  @Test
  void inOneTurnOfTheEventLoopAllComeTogetherAndAnswersComeToTheirOwnContexts() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Batches<String, Context> loop =
          new Batches<>(
              1,
              10,
              item -> Uni.createFrom().item(Vertx.currentContext()),
              items -> {
                together.add(items);
                return Uni.createFrom().item(Map.of());
              });
      Context context = vertx.getOrCreateContext();
      CompletableFuture<Context> answered = new CompletableFuture<>();
      context.runOnContext(
          go -> {
            loop.run("a").subscribe().with(done -> {});
            loop.run("b")
                .subscribe()
                .with(
                    done -> answered.complete(Vertx.currentContext()),
                    answered::completeExceptionally);
          });
      assertSame(context, answered.get(30, TimeUnit.SECONDS));
      assertEquals(List.of(List.of("a", "b")), together);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }
}
