package ai.pathbound.identities.start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.DefaultEventLoopGroup;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** {@link SchedulerStop}. */
class SchedulerStopTest {
  private static final int LOOPS = 3;

  @Test
  void whatWasHandedToAnEventLoopHasBegunBeforeTheBeansGo() {
    DefaultEventLoopGroup loops = new DefaultEventLoopGroup(LOOPS);
    CountDownLatch paused = new CountDownLatch(1);
    AtomicInteger begun = new AtomicInteger();
    loops.forEach(
        loop -> {
          loop.execute(() -> await(paused));
          loop.execute(begun::incrementAndGet);
        });

    new SchedulerStop(pausing(paused), loops).onStop(new ShutdownEvent());

    assertEquals(LOOPS, begun.get());
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A scheduler of which nothing but its pause is wanted. */
  private static Scheduler pausing(CountDownLatch paused) {
    return (Scheduler)
        Proxy.newProxyInstance(
            Scheduler.class.getClassLoader(),
            new Class<?>[] {Scheduler.class},
            (self, method, arguments) -> {
              assertEquals("pause", method.getName());
              paused.countDown();
              return null;
            });
  }
}
