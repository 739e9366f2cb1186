package ai.pathbound.identities.login.store;

import ai.pathbound.identities.concurrency.CoalescedTask;
import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.database.DatabaseSettings;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.time.Timers;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * What PostgreSQL tells by NOTIFY: that a login is due, and that one has changed. One connection
 * per replica listens. While the connection is down, and always behind a transaction pooler, only
 * polling wakes workers and waiting clients.
 */
@ApplicationScoped
public class LoginSignals {
  private static final Logger LOG = Logger.getLogger(LoginSignals.class);
  // Who wants to be told says so at the start.
  private static final int AFTER_LISTENERS = Interceptor.Priority.LIBRARY_AFTER;
  private static final String DUE = "login_due";
  private static final String BROWSER = "browser";
  private static final String CHANGED = "login_changed";

  private final RecurringTask task = new RecurringTask("listening");
  // The start and the scheduler may want to at once; of two connections that listen, one would tell
  // everything twice, and nobody would close it.
  private final CoalescedTask attempts = new CoalescedTask(this::listen);
  private final Pool pool;
  private final boolean listens;
  private final List<Consumer<Optional<DueLogin>>> dueListeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> browserListeners = new CopyOnWriteArrayList<>();
  private final Map<UUID, Queue<Runnable>> changeListeners = new ConcurrentHashMap<>();
  private volatile SqlConnection connection;
  private volatile boolean stopping;

  LoginSignals(Pool pool, DatabaseSettings settings) {
    this.pool = pool;
    this.listens = !settings.transactionPooler();
  }

  /**
   * Calls {@code listener} whenever a login is due, or with none where any may be; briefly, it must
   * not block.
   */
  public void onDue(Consumer<Optional<DueLogin>> listener) {
    dueListeners.add(listener);
  }

  /**
   * Calls {@code listener} whenever there may be a browser to close; briefly, it must not block.
   */
  public void onBrowser(Runnable listener) {
    browserListeners.add(listener);
  }

  /**
   * Calls {@code listener} whenever that login may have changed, and when this replica stops;
   * briefly, it must not block. To be closed.
   */
  public Subscription onChange(SessionId session, Runnable listener) {
    return onChange(session.uuid(), listener);
  }

  private Subscription onChange(UUID changing, Runnable listener) {
    // The map's own lock: a queue that has just become empty is no longer the login's.
    changeListeners.compute(
        changing,
        (id, present) -> {
          Queue<Runnable> queue = present == null ? new ConcurrentLinkedQueue<>() : present;
          queue.add(listener);
          return queue;
        });
    return () ->
        changeListeners.computeIfPresent(
            changing,
            (id, queue) -> {
              queue.remove(listener);
              return queue.isEmpty() ? null : queue;
            });
  }

  /** Begins to watch a login; to be closed. */
  public Watch watch(SessionId session) {
    return watch(List.of(session.uuid()));
  }

  /** Begins to watch what has these ids, logins or connect links; to be closed. */
  public Watch watch(List<UUID> ids) {
    return new Watch(ids);
  }

  /** Tells who watches what has that id, as the database does: it was seen to have changed. */
  public void tell(UUID changed) {
    Queue<Runnable> listeners = changeListeners.get(changed);
    if (listeners != null) {
      listeners.forEach(Runnable::run);
    }
  }

  /** How many are told of changes of one login or another. */
  public int listeners() {
    return changeListeners.values().stream().mapToInt(Queue::size).sum();
  }

  /**
   * Tells all listeners at once and stops listening, so that a stopping replica keeps no client
   * waiting.
   */
  public void stop() {
    stopping = true;
    changeListeners.values().forEach(queue -> queue.forEach(Runnable::run));
  }

  /** Whether {@link #stop} was called. */
  public boolean isStopping() {
    return stopping;
  }

  /** Begins before the first request: no login is to wait for the scheduler's first turn. */
  void onStart(@Observes @Priority(AFTER_LISTENERS) StartupEvent event) {
    keepListening().subscribe().with(listens -> {});
  }

  /** Queries every second: an idle LISTEN connection does not detect a lost server. */
  @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> keepListening() {
    return task.run(attempts::run);
  }

  private Uni<Void> listen() {
    SqlConnection listening = connection;
    if (stopping || !listens) {
      return Uni.createFrom().voidItem();
    }
    return listening == null
        ? pool.getConnection().flatMap(this::listen)
        : listening.query("select 1").execute().replaceWithVoid();
  }

  private Uni<Void> listen(SqlConnection candidate) {
    PgConnection.cast(candidate.getDelegate())
        .notificationHandler(this::notified)
        // Without a handler the client logs a stack trace when the server closes its connections.
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
              // Notifications of the time without a connection are lost.
              due(Optional.empty());
              browserListeners.forEach(Runnable::run);
            })
        .onFailure()
        .call(candidate::close)
        .replaceWithVoid();
  }

  private void notified(PgNotification notification) {
    if (CHANGED.equals(notification.getChannel())) {
      tell(UUID.fromString(notification.getPayload()));
    } else if (BROWSER.equals(notification.getPayload())) {
      browserListeners.forEach(Runnable::run);
    } else {
      due(named(notification.getPayload()));
    }
  }

  /** Tells of a login as a notification does. */
  void due(Optional<DueLogin> login) {
    dueListeners.forEach(listener -> listener.accept(login));
  }

  /** The payload is the login's id, a blank and its tenant; before schema 16 it is empty. */
  private static Optional<DueLogin> named(String payload) {
    int blank = payload.indexOf(' ');
    return blank < 0
        ? Optional.empty()
        : Optional.of(
            new DueLogin(
                new TenantId(payload.substring(blank + 1)),
                new SessionId(UUID.fromString(payload.substring(0, blank)))));
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

  /** Being told of the changes of one login. */
  @FunctionalInterface
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** Waits for changes of a login or more; remembers one that comes while no caller waits. */
  public final class Watch implements AutoCloseable {
    private final List<Subscription> subscriptions;
    private boolean changed;
    private UniEmitter<? super Void> waiting;

    private Watch(List<UUID> ids) {
      this.subscriptions = ids.stream().map(id -> onChange(id, this::changed)).toList();
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

    /** A change after the timeout completes the next wait. */
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
      subscriptions.forEach(Subscription::close);
    }
  }
}
