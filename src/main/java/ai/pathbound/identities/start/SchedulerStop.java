package ai.pathbound.identities.start;

import io.netty.channel.EventLoopGroup;
import io.quarkus.netty.MainEventLoopGroup;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.TimeUnit;

/**
 * Stops the recurring tasks before the beans go. The scheduler itself stops among the last of them:
 * a task that it hands to an event loop at that moment finds no container, which is an error in the
 * log with a stack trace.
 */
@ApplicationScoped
class SchedulerStop {
  private static final long LIMIT_MILLIS = 1_000;

  private final Scheduler scheduler;
  private final EventLoopGroup loops;

  SchedulerStop(Scheduler scheduler, @MainEventLoopGroup EventLoopGroup loops) {
    this.scheduler = scheduler;
    this.loops = loops;
  }

  /** After the worker's own observer: while it waits for its logins, their leases are renewed. */
  void onStop(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event) {
    scheduler.pause();
    // What was handed over before has begun once something behind it in the queue is done.
    loops.forEach(
        loop -> loop.submit(() -> {}).awaitUninterruptibly(LIMIT_MILLIS, TimeUnit.MILLISECONDS));
  }
}
