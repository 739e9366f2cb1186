package ai.pathbound.identities.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TransactionsTest {
  private static final long PATIENCE = 30;

  @Inject Transactions transactions;

  @Test
  void whatWaitsForTheCommitIsDoneThoughNobodyWaitsForTheTransaction() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    CountDownLatch committed = new CountDownLatch(1);
    Cancellable waiting =
        transactions
            .run(
                tx -> {
                  tx.afterCommit().add(committed::countDown);
                  begun.countDown();
                  return Uni.createFrom()
                      .voidItem()
                      .emitOn(task -> new Thread(() -> runAfter(leave, task)).start())
                      .chain(() -> tx.connection().query("select 1").execute());
                })
            .subscribe()
            .with(done -> {});
    assertTrue(begun.await(PATIENCE, TimeUnit.SECONDS));
    waiting.cancel();
    leave.countDown();
    assertTrue(committed.await(PATIENCE, TimeUnit.SECONDS));
  }

  @Test
  void nothingIsDoneAfterACommitThatDidNotHappen() {
    AtomicBoolean done = new AtomicBoolean();
    Uni<Void> failing =
        transactions.run(
            tx -> {
              tx.afterCommit().add(() -> done.set(true));
              return tx.connection().query("select 1 / 0").execute().replaceWithVoid();
            });
    assertThrows(
        RuntimeException.class, () -> failing.await().atMost(Duration.ofSeconds(PATIENCE)));
    assertFalse(done.get());
  }

  private static void runAfter(CountDownLatch latch, Runnable task) {
    try {
      latch.await();
      task.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
