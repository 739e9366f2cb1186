package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.connect.link.HolderSteps;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.store.LoginSignals;
import ai.pathbound.identities.secret.Secret;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Holds an answer until the page shows something new. Measured by the JVM's running time, as every
 * wait of a client is.
 */
@ApplicationScoped
class PageChanges {
  /** Shorter than proxies wait for an answer. */
  static final Duration LONGEST = Duration.ofSeconds(25);

  private static final int OF_A_LINK = 4;
  // Each asks the database every other second.
  private static final int OF_A_REPLICA = 500;
  // Notifications can be lost: between them we look.
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
  private static final String GONE = "";

  private final HolderSteps steps;
  private final LinkLogins logins;
  private final LoginSignals signals;
  private final Map<UUID, Integer> held = new ConcurrentHashMap<>();

  PageChanges(
      HolderSteps steps, LinkLogins logins, LoginSignals signals, MeterRegistry metrics) {
    this.steps = steps;
    this.logins = logins;
    this.signals = signals;
    Gauge.builder("identities.connect.waiting", this, PageChanges::count).register(metrics);
  }

  /** How a wait ended. */
  enum Seen {
    /** There is something new to show. */
    CHANGED,
    /** There is not, for as long as an answer is held. */
    SAME,
    /** There is not, and nothing was held: this replica stops, or holds too many already. */
    NOT_HELD
  }

  /** Waits until the page of {@code link} shows something else than the version {@code shown}. */
  Uni<Seen> after(String shown, StoredLink link, Secret cookie) {
    return Uni.createFrom().deferred(() -> hold(shown, link, cookie));
  }

  private Uni<Seen> hold(String shown, StoredLink link, Secret cookie) {
    UUID id = link.facts().link().uuid();
    boolean ofAReplica = count() < OF_A_REPLICA;
    boolean room =
        held.merge(id, 1, Integer::sum) <= OF_A_LINK && ofAReplica && !signals.isStopping();
    LoginSignals.Watch watch =
        signals.watch(
            Stream.concat(Stream.of(id), link.login().map(SessionId::uuid).stream()).toList());
    long end = System.nanoTime() + (room ? LONGEST.toNanos() : 0);
    return look(() -> version(link.facts().link(), cookie), watch, end, shown)
        .map(seen -> seen == Seen.SAME && !(room && !signals.isStopping()) ? Seen.NOT_HELD : seen)
        .onTermination()
        .invoke(
            () -> {
              watch.close();
              held.computeIfPresent(id, (link0, count) -> count == 1 ? null : count - 1);
            });
  }

  private Uni<String> version(LinkId id, Secret cookie) {
    return steps
        .ofBrowser(id, cookie)
        .flatMap(
            found ->
                found
                    .map(link -> logins.of(link).map(login -> LinkLogins.version(link, login)))
                    .orElseGet(() -> Uni.createFrom().item(GONE)));
  }

  private Uni<Seen> look(
      Supplier<Uni<String>> version, LoginSignals.Watch watch, long end, String shown) {
    return version
        .get()
        .flatMap(
            now -> {
              if (!now.equals(shown)) {
                return Uni.createFrom().item(Seen.CHANGED);
              }
              Duration left = Duration.ofNanos(end - System.nanoTime());
              if (left.isNegative() || left.isZero() || signals.isStopping()) {
                return Uni.createFrom().item(Seen.SAME);
              }
              Duration pause = left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY;
              return watch.next(pause).flatMap(changed -> look(version, watch, end, shown));
            });
  }

  /** How many answers are held. */
  int count() {
    return held.values().stream().mapToInt(Integer::intValue).sum();
  }
}
