package ai.pathbound.identities.login.api;

import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.login.store.LoginSignals;
import ai.pathbound.identities.login.store.LoginStore.VersionedLogin;
import ai.pathbound.identities.login.store.LoginVersions;
import ai.pathbound.identities.login.store.LoginVersions.LoginKey;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.TenantId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The streams that are open on this replica: how many there may be, and what they all need now and
 * then, which is one timer and one statement for all of them.
 */
@ApplicationScoped
class LiveStreams {
  private static final int OF_A_SESSION = 5;
  private static final int OF_A_TENANT = 200;
  private static final Duration TRY_AGAIN = Duration.ofSeconds(15);

  private final RecurringTask comparing = new RecurringTask("comparing the versions of streams");
  private final Map<TenantId, Set<LiveStream>> open = new ConcurrentHashMap<>();
  private final LoginSignals signals;
  private final LoginVersions versions;
  private final Clock clock;

  LiveStreams(LoginSignals signals, LoginVersions versions, Clock clock, MeterRegistry metrics) {
    this.signals = signals;
    this.versions = versions;
    this.clock = clock;
    Gauge.builder("identities.login.streams", this, LiveStreams::count)
        .description("Streams of server-sent events that are open")
        .register(metrics);
  }

  /**
   * Makes room for a stream, which is given up when the answer is over, however that comes. Refuses
   * with {@code too_many_streams}.
   */
  LiveStream open(LiveStream.Subject subject, VersionedLogin first, RoutingContext request) {
    LiveStream stream =
        new LiveStream(
            subject, first, request.response(), Vertx.currentContext(), signals, clock.instant());
    open.compute(
        subject.login().tenant(),
        (tenant, present) -> {
          Set<LiveStream> all = present == null ? ConcurrentHashMap.newKeySet() : present;
          requireRoom(all, subject.login());
          all.add(stream);
          return all;
        });
    request.addEndHandler(over -> close(stream));
    if (request.request().version() == HttpVersion.HTTP_1_0) {
      // It knows no chunks: the answer ends where the connection does (RFC 9112, section 6.3), also
      // where the client would have kept it.
      request.addEndHandler(over -> request.request().connection().close());
    }
    return stream;
  }

  private static void requireRoom(Set<LiveStream> all, LoginKey login) {
    if (all.size() >= OF_A_TENANT
        || all.stream().filter(other -> other.login().equals(login)).count() >= OF_A_SESSION) {
      throw RefusalException.of(
              RefusalException.Kind.TOO_MANY,
              "too_many_streams",
              "Too many streams are open: of one login or of your tenant. Close one, or ask for"
                  + " the status with If-None-Match and Prefer: wait=60.")
          .retryAfter(TRY_AGAIN);
    }
  }

  private void close(LiveStream stream) {
    stream.release();
    open.computeIfPresent(
        stream.login().tenant(),
        (tenant, all) -> {
          all.remove(stream);
          return all.isEmpty() ? null : all;
        });
  }

  /** How many are open. */
  int count() {
    return open.values().stream().mapToInt(Set::size).sum();
  }

  private void each(Consumer<LiveStream> what) {
    open.values().forEach(all -> all.forEach(what));
  }

  /** Ends what must end, and lets clients that are gone be noticed. */
  @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> tick() {
    Instant now = clock.instant();
    each(
        stream -> {
          // A connection that broke before its end handler was added calls no handler.
          if (stream.isOver()) {
            close(stream);
          } else {
            stream.tick(now);
          }
        });
    return Uni.createFrom().voidItem();
  }

  /**
   * Finds what no notification told of: one was lost with its connection, or LISTEN does not work
   * here at all, as behind PgBouncer in transaction mode.
   */
  @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> compare() {
    if (open.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return comparing.run(
        () -> {
          Set<LoginKey> logins =
              open.values().stream()
                  .flatMap(Set::stream)
                  .map(LiveStream::login)
                  .collect(Collectors.toSet());
          return versions
              .of(logins)
              .invoke(
                  found ->
                      // Not of one that came since: the login that it shows was not asked for.
                      each(
                          stream -> {
                            if (logins.contains(stream.login())) {
                              stream.newest(found.get(stream.login()));
                            }
                          }))
              .replaceWithVoid();
        });
  }
}
