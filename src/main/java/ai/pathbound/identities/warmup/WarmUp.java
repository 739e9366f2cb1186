package ai.pathbound.identities.warmup;

import ai.pathbound.identities.database.SchemaVersion;
import io.quarkus.arc.All;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Rehearses on a JVM, before the port is open, until the scheduler has had its first turn. What
 * calls and scheduled tasks do for the first time loads classes and prepares statements, some
 * hundred milliseconds for which the first callers would wait. A native executable has nothing to
 * load.
 */
@ApplicationScoped
class WarmUp {
  private static final Logger LOG = Logger.getLogger(WarmUp.class);
  private static final int LAST = Interceptor.Priority.LIBRARY_AFTER + 999;
  private static final String TURN = "the scheduler's first turn";

  // Each on an event loop of its own: a call prefers a connection of its own loop, and opens one
  // where there is none.
  private static final int AT_A_TIME = 4;

  private final List<Rehearsal> rehearsals;
  private final Scheduler scheduler;
  private final SchemaVersion schema;
  private final Vertx vertx;
  private final Duration atMost;
  private volatile boolean scheduled;
  private volatile boolean over;

  WarmUp(
      @All List<Rehearsal> rehearsals,
      Scheduler scheduler,
      SchemaVersion schema,
      Vertx vertx,
      @ConfigProperty(name = "identities.warm-up.at-most") Duration atMost) {
    this.rehearsals = rehearsals;
    this.scheduler = scheduler;
    this.schema = schema;
    this.vertx = vertx;
    this.atMost = atMost;
  }

  /** After all that checks its settings at the start, or begins its work there. */
  void onStart(@Observes @Priority(LAST) StartupEvent event) {
    if (ImageMode.current().isNativeImage() || atMost.isZero()) {
      return;
    }
    long begun = System.nanoTime();
    boolean turns = scheduler.isRunning();
    scheduled = !turns;
    // Each begins its first round before the turn, whenever that comes.
    List<Uni<Void>> all = Stream.generate(this::apart).limit(AT_A_TIME).toList();
    if (turns) {
      scheduler.newJob(TURN).setInterval("1s").setTask(turn -> scheduled = true).schedule();
    }
    try {
      requireSchema()
          .chain(() -> Uni.join().all(all).andCollectFailures())
          // What takes longer goes on to its end, see Rehearsal.
          .subscribeAsCompletionStage()
          .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      LOG.debugf("warmed up for %d ms", Duration.ofNanos(System.nanoTime() - begun).toMillis());
    } catch (ExecutionException | TimeoutException e) {
      // A database that is not there, or slow, is readiness' to tell of.
      LOG.debugf("not warmed up: %s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over = true;
      if (turns) {
        scheduler.unscheduleJob(TURN);
      }
    }
  }

  /** Before a migration every statement would fail, and Hibernate would warn of it. */
  private Uni<Void> requireSchema() {
    return schema
        .applied()
        .invoke(
            applied -> {
              if (!SchemaVersion.suffices(applied)) {
                throw new IllegalStateException("the schema is not there yet");
              }
            })
        .replaceWithVoid();
  }

  /** In a Vert.x context of its own, as a request is. */
  private Uni<Void> apart() {
    Context own =
        VertxContext.createNewDuplicatedContext(((VertxInternal) vertx).createEventLoopContext());
    // Hibernate Reactive asks whether anybody else has it.
    VertxContextSafetyToggle.setContextSafe(own, true);
    return rehearse().runSubscriptionOn(command -> own.runOnContext(go -> command.run()));
  }

  private Uni<Void> rehearse() {
    boolean last = scheduled;
    Uni<Void> all = Uni.createFrom().voidItem();
    for (Rehearsal rehearsal : rehearsals) {
      all = all.chain(rehearsal::rehearse);
    }
    return all.chain(() -> last || over ? Uni.createFrom().voidItem() : rehearse());
  }
}
