package ai.pathbound.identities.connect.page;

import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.connect.link.HolderSteps;
import ai.pathbound.identities.connect.link.LinkVersions.LinkKey;
import ai.pathbound.identities.connect.link.StoredLink;
import ai.pathbound.identities.id.LinkId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.store.LoginSignals;
import ai.pathbound.identities.secret.Secret;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Holds an answer until the page shows something new: told by the database, and by one look at all
 * that is waited for every other second, since notifications can be lost. Measured by the JVM's
 * running time, as every wait of a client is.
 */
@ApplicationScoped
class PageChanges {
  /** Shorter than proxies wait for an answer. */
  static final Duration LONGEST = Duration.ofSeconds(25);

  private static final int OF_A_LINK = 4;
  private static final int OF_A_REPLICA = 500;
  private static final String GONE = "";

  private final HolderSteps steps;
  private final LinkLogins logins;
  private final LoginSignals signals;
  private final PageVersions versions;
  private final RecurringTask task = new RecurringTask("looking at links that are waited for");
  private final Map<LinkKey, Held> held = new ConcurrentHashMap<>();

  PageChanges(
      HolderSteps steps,
      LinkLogins logins,
      LoginSignals signals,
      PageVersions versions,
      MeterRegistry metrics) {
    this.steps = steps;
    this.logins = logins;
    this.signals = signals;
    this.versions = versions;
    Gauge.builder("identities.connect.waiting", this, PageChanges::count).register(metrics);
  }

  /**
   * The answers that are held for a link.
   *
   * @param version what they all show; null before it was looked at
   */
  private record Held(int count, String version) {
    static Held more(Held present) {
      return present == null ? new Held(1, null) : new Held(present.count + 1, present.version);
    }

    static Held less(Held present) {
      return present.count == 1 ? null : new Held(present.count - 1, present.version);
    }
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
    LinkKey key = new LinkKey(link.facts().tenant(), link.facts().link());
    UUID id = key.link().uuid();
    boolean ofAReplica = count() < OF_A_REPLICA;
    boolean room =
        held.compute(key, (same, present) -> Held.more(present)).count() <= OF_A_LINK
            && ofAReplica
            && !signals.isStopping();
    LoginSignals.Watch watch =
        signals.watch(
            Stream.concat(Stream.of(id), link.login().map(SessionId::uuid).stream()).toList());
    long end = System.nanoTime() + (room ? LONGEST.toNanos() : 0);
    return look(key, () -> version(key.link(), cookie), watch, end, shown)
        .map(seen -> seen == Seen.SAME && !(room && !signals.isStopping()) ? Seen.NOT_HELD : seen)
        .onTermination()
        .invoke(
            () -> {
              watch.close();
              held.computeIfPresent(key, (same, present) -> Held.less(present));
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
      LinkKey key,
      Supplier<Uni<String>> version,
      LoginSignals.Watch watch,
      long end,
      String shown) {
    return version
        .get()
        .flatMap(
            now -> {
              if (!now.equals(shown)) {
                return Uni.createFrom().item(Seen.CHANGED);
              }
              held.computeIfPresent(key, (same, present) -> new Held(present.count(), now));
              Duration left = Duration.ofNanos(end - System.nanoTime());
              if (left.isNegative() || left.isZero() || signals.isStopping()) {
                return Uni.createFrom().item(Seen.SAME);
              }
              return watch.next(left).flatMap(changed -> look(key, version, watch, end, shown));
            });
  }

  /** Looks once at all that is waited for; each whose link has changed looks by itself then. */
  @Scheduled(every = "2s", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> lookAtAll() {
    Map<LinkKey, String> shown = new HashMap<>();
    held.forEach(
        (key, each) -> {
          if (each.version() != null) {
            shown.put(key, each.version());
          }
        });
    return shown.isEmpty()
        ? Uni.createFrom().voidItem()
        : task.run(
            () -> versions.of(shown.keySet()).invoke(now -> tell(shown, now)).replaceWithVoid());
  }

  private void tell(Map<LinkKey, String> shown, Map<LinkKey, String> now) {
    shown.forEach(
        (key, version) -> {
          if (!version.equals(now.get(key))) {
            signals.tell(key.link().uuid());
          }
        });
  }

  /** How many answers are held. */
  int count() {
    return held.values().stream().mapToInt(Held::count).sum();
  }
}
