package ai.pathbound.identities.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CoalescedTaskTest {
  private static final int ROUNDS = 100_000;
  private static final int STEPS = 12;

  private final List<UniEmitter<? super Void>> runs = new ArrayList<>();
  private final CoalescedTask task = new CoalescedTask(() -> Uni.createFrom().emitter(runs::add));

  private UniAssertSubscriber<Void> ask() {
    return task.run().subscribe().withSubscriber(UniAssertSubscriber.create());
  }

  @Test
  void aThousandRequestsAreTwoRuns() {
    UniAssertSubscriber<Void> first = ask();
    for (int i = 0; i < 1_000; i++) {
      ask().assertCompleted();
    }
    assertEquals(1, runs.size());
    runs.get(0).complete(null);
    first.assertCompleted();
    assertEquals(2, runs.size());
    runs.get(1).complete(null);
    assertEquals(2, runs.size());
    assertFalse(task.isRunning());
  }

  /** Each request and each end is one step, so every course of events is an order of these. */
  @Test
  void inEveryOrderOfRequestsAndEndsTheLastRequestIsFollowedByARunAndNoTwoRunAtATime() {
    for (int order = 0; order < 1 << STEPS; order++) {
      List<UniEmitter<? super Void>> begun = new ArrayList<>();
      CoalescedTask each = new CoalescedTask(() -> Uni.createFrom().emitter(begun::add));
      int ended = 0;
      int beforeLastRequest = 0;
      for (int step = 0; step < STEPS; step++) {
        if ((order >> step & 1) == 0) {
          beforeLastRequest = begun.size();
          each.start();
        } else if (ended < begun.size()) {
          begun.get(ended++).complete(null);
        }
        assertTrue(begun.size() - ended <= 1, "two run at a time");
        assertEquals(ended < begun.size(), each.isRunning());
      }
      while (ended < begun.size()) {
        begun.get(ended++).complete(null);
      }
      boolean asked = order != (1 << STEPS) - 1;
      assertEquals(asked, begun.size() > beforeLastRequest, "a request was lost");
    }
  }

  /**
   * Two threads ask at the same moment, again and again, and every run is over at once: so requests
   * come in every moment in which a run begins or ends. Whoever asks last must be seen by a run.
   */
  @Test
  void aRequestInTheMomentInWhichARunEndsIsNotLost() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();
    CoalescedTask quick =
        new CoalescedTask(() -> Uni.createFrom().voidItem().invoke(() -> seen.set(asked.get())));
    AtomicInteger round = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    Thread other =
        new Thread(
            () -> {
              for (int next = 1; next <= ROUNDS; next++) {
                while (round.get() < next) {
                  Thread.onSpinWait();
                }
                // Now a little earlier, now a little later than the first one.
                for (int wait = 0; wait < next % 100; wait++) {
                  Thread.onSpinWait();
                }
                asked.incrementAndGet();
                quick.start();
                done.set(next);
              }
            });
    other.setDaemon(true);
    other.start();
    for (int next = 1; next <= ROUNDS; next++) {
      round.set(next);
      asked.incrementAndGet();
      quick.start();
      while (done.get() < next) {
        Thread.onSpinWait();
      }
      assertEquals(2 * next, seen.get(), "a request was lost in round " + next);
      assertFalse(quick.isRunning());
    }
    other.join();
  }

  @Test
  void aRunThatFailsKeepsNobodyFromTheNext() {
    UniAssertSubscriber<Void> first = ask();
    ask();
    assertTrue(task.isRunning());
    runs.get(0).fail(new IllegalStateException("no database"));
    first.assertFailedWith(IllegalStateException.class);
    runs.get(1).fail(new IllegalStateException("no database"));
    ask();
    assertEquals(3, runs.size());
  }

  /** A run that finds a crowd is over, and what gathers in the pause after it is one more run. */
  @Test
  void afterACrowdTheNextRunWaitsForThePause() {
    List<UniEmitter<? super Boolean>> begun = new ArrayList<>();
    List<UniEmitter<? super Void>> pauses = new ArrayList<>();
    CoalescedTask gathers =
        new CoalescedTask(
            () -> Uni.createFrom().emitter(begun::add),
            () -> Uni.createFrom().emitter(pauses::add));
    UniAssertSubscriber<Void> first =
        gathers.run().subscribe().withSubscriber(UniAssertSubscriber.create());
    begun.get(0).complete(true);
    first.assertCompleted();
    assertTrue(gathers.isRunning());
    gathers.start();
    gathers.start();
    assertEquals(1, begun.size());
    pauses.get(0).complete(null);
    assertEquals(2, begun.size());
    // No crowd any more: nothing waits.
    begun.get(1).complete(false);
    assertFalse(gathers.isRunning());
    gathers.start();
    assertEquals(3, begun.size());
    begun.get(2).fail(new IllegalStateException("no database"));
    assertEquals(1, pauses.size());
    assertFalse(gathers.isRunning());
  }
}
