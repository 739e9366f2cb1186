package ai.pathbound.identities.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BulkheadTest {
  private final Bulkhead bulkhead = new Bulkhead(2);
  private final List<UniEmitter<? super String>> underWay = new ArrayList<>();

  private UniAssertSubscriber<String> begin() {
    return bulkhead
        .<String>run(() -> Uni.createFrom().emitter(underWay::add))
        .subscribe()
        .withSubscriber(UniAssertSubscriber.create());
  }

  @Test
  void soManyAreDoneAtATimeAndTheOthersInTheirOrder() {
    UniAssertSubscriber<String> first = begin();
    begin();
    UniAssertSubscriber<String> third = begin();
    UniAssertSubscriber<String> fourth = begin();
    assertEquals(2, underWay.size());
    underWay.get(0).complete("done");
    first.assertItem("done");
    assertEquals(3, underWay.size());
    underWay.get(2).complete("third");
    third.assertItem("third");
    fourth.assertNotTerminated();
    assertEquals(4, underWay.size());
  }

  @Test
  void whatFailsOrIsNotWantedGivesItsPlaceBack() {
    UniAssertSubscriber<String> failing = begin();
    UniAssertSubscriber<String> cancelled = begin();
    begin();
    begin();
    underWay.get(0).fail(new IllegalStateException("broken"));
    failing.assertFailedWith(IllegalStateException.class);
    assertEquals(3, underWay.size());
    cancelled.cancel();
    assertEquals(4, underWay.size());
  }

  @Test
  void whoDoesNotWaitAnyLongerTakesNobodysPlace() {
    begin();
    begin();
    begin().cancel();
    UniAssertSubscriber<String> next = begin();
    underWay.get(0).complete("done");
    assertEquals(3, underWay.size());
    underWay.get(2).complete("next");
    next.assertItem("next");
    // Both places are free but for the second's: one more is done at once, and no two.
    begin();
    begin();
    assertEquals(4, underWay.size());
  }

  @Test
  void whatHadToWaitIsDoneInTheContextThatAskedForIt() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      begin();
      begin();
      Context asking = vertx.getOrCreateContext();
      CompletableFuture<Void> asked = new CompletableFuture<>();
      CompletableFuture<Context> done = new CompletableFuture<>();
      asking.runOnContext(
          go -> {
            bulkhead
                .run(() -> Uni.createFrom().item(Vertx.currentContext()))
                .subscribe()
                .with(done::complete, done::completeExceptionally);
            asked.complete(null);
          });
      asked.get(10, TimeUnit.SECONDS);
      underWay.get(0).complete("done");
      assertSame(asking, done.get(10, TimeUnit.SECONDS));
    } finally {
      vertx.close();
    }
  }
}
