package ai.pathbound.identities.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoalescedTaskTest {
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
}
