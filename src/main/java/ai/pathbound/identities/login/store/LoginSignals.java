package ai.pathbound.identities.login.store;

import ai.pathbound.identities.database.DatabaseSettings;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.RecurringTask;
import ai.pathbound.identities.time.Timers;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/**
 * What PostgreSQL tells by NOTIFY: that a login is due, and that one has changed. One connection
 * per replica listens; while it is lost, everybody's poll does alone, and where a pooler hands out
 * connections by the transaction it always does: what is told there reaches nobody.
 */
@ApplicationScoped
public class LoginSignals {
  private static final Logger LOG = Logger.getLogger(LoginSignals.class);
  private static final String DUE = "login_due";
  private static final String CHANGED = "login_changed";

  private final RecurringTask task = new RecurringTask("listening");
  private final Pool pool;
  private final boolean listens;
  private final List<Runnable> dueListeners = new CopyOnWriteArrayList<>();
  private final Map<UUID, Queue<Watch>> watches = new ConcurrentHashMap<>();
  private volatile SqlConnection connection;
  private volatile boolean stopping;

  LoginSignals(Pool pool, DatabaseSettings settings) {
    this.pool = pool;
    this.listens = !settings.transactionPooler();
  }

  /** Calls {@code listener} whenever a login may be due; briefly, it must not block. */
  public void onDue(Runnable listener) {
    dueListeners.add(listener);
  }

  /** Begins to watch a login; to be closed. */
  public Watch watch(SessionId session) {
    Watch watch = new Watch(session.uuid());
    watches.computeIfAbsent(session.uuid(), id -> new ConcurrentLinkedQueue<>()).add(watch);
    return watch;
  }

  /** Answers every watch at once and stops listening, so that a stopping replica holds nobody. */
  public void stop() {
    stopping = true;
    watches.values().forEach(queue -> queue.forEach(Watch::changed));
  }

  /** Whether {@link #stop} was called. */
  public boolean isStopping() {
    return stopping;
  }

  /** A connection that only listens does not notice that its server is gone: it must ask. */
  @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> keepListening() {
    SqlConnection listening = connection;
    if (stopping || !listens) {
      return Uni.createFrom().voidItem();
    }
    return task.run(
        () ->
            listening == null
                ? pool.getConnection().flatMap(this::listen)
                : listening.query("select 1").execute().replaceWithVoid());
  }

  private Uni<Void> listen(SqlConnection candidate) {
    PgConnection.cast(candidate.getDelegate())
        .notificationHandler(this::notified)
        // Without it the client prints the stack trace when the server sends everybody away.
        .exceptionHandler(failure -> LOG.debugf("the listening connection: %s", failure))
        .closeHandler(
            closed -> {
              connection = null;
              LOG.debug("the listening connection is lost");
            });
    return candidate
        .query("listen " + DUE)
        .execute()
        .flatMap(ok -> candidate.query("listen " + CHANGED).execute())
        .invoke(
            () -> {
              connection = candidate;
              // What was notified while nobody listened.
              dueListeners.forEach(Runnable::run);
            })
        .onFailure()
        .call(candidate::close)
        .replaceWithVoid();
  }

  private void notified(PgNotification notification) {
    if (CHANGED.equals(notification.getChannel())) {
      Queue<Watch> waiting = watches.get(UUID.fromString(notification.getPayload()));
      if (waiting != null) {
        waiting.forEach(Watch::changed);
      }
    } else {
      dueListeners.forEach(Runnable::run);
    }
  }

  /** Before the delay, in which requests still come and are served, but not held. */
  void onStopping(@Observes ShutdownDelayInitiatedEvent event) {
    stop();
  }

  void onStop(@Observes ShutdownEvent event) {
    stop();
    SqlConnection listening = connection;
    if (listening != null) {
      listening.closeAndForget();
    }
  }

  /** Waits for changes of one login; remembers one that comes while nobody waits. */
  public final class Watch implements AutoCloseable {
    private final UUID session;
    private boolean changed;
    private UniEmitter<? super Void> waiting;

    private Watch(UUID session) {
      this.session = session;
    }

    /** Completes with the next change, or after {@code atMost}; a millisecond at the least. */
    public Uni<Void> next(Duration atMost) {
      return Uni.createFrom()
          .<Void>emitter(this::await)
          .ifNoItem()
          .after(Timers.atLeastAMillisecond(atMost))
          .recoverWithItem((Void) null);
    }

    private synchronized void await(UniEmitter<? super Void> emitter) {
      if (changed || stopping) {
        changed = false;
        emitter.complete(null);
      } else {
        waiting = emitter;
        emitter.onTermination(() -> forget(emitter));
      }
    }

    /** A change that comes after the time is over is for whoever waits next. */
    private synchronized void forget(UniEmitter<? super Void> emitter) {
      if (waiting == emitter) {
        waiting = null;
      }
    }

    private synchronized void changed() {
      if (waiting == null) {
        changed = true;
      } else {
        UniEmitter<? super Void> emitter = waiting;
        waiting = null;
        emitter.complete(null);
      }
    }

    @Override
    public void close() {
      watches.computeIfPresent(
          session,
          (id, queue) -> {
            queue.remove(this);
            return queue.isEmpty() ? null : queue;
          });
    }
  }
}
