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
 * Stops the recurring tasks before the beans are destroyed. The scheduler itself stops later: a
 * task that it then starts on an event loop finds no container, and logs a stack trace.
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
    // A task that was queued before has begun once a later one in the same queue is done.
    loops.forEach(
        loop -> loop.submit(() -> {}).awaitUninterruptibly(LIMIT_MILLIS, TimeUnit.MILLISECONDS));
  }
}
