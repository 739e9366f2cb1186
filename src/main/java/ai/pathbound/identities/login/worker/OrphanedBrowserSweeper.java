package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.id.ProfileId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.OpenBrowser;
import ai.pathbound.identities.login.store.OrphanedBrowsers;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Closes browsers that no row records, because their replica died between opening and recording
 * them. It lists the farm's browsers, and closes those labelled with an ended login, or with a
 * check that is over.
 */
@ApplicationScoped
public class OrphanedBrowserSweeper {
  private static final Logger LOG = Logger.getLogger(OrphanedBrowserSweeper.class);

  /** Longer than a check takes, and than the notes of closed logins are tried. */
  public static final Duration GRACE = Duration.ofMinutes(5);

  private final LinkedInConnector connector;
  private final OrphanedBrowsers strays;
  private final Clock clock;
  private final RecurringTask task = new RecurringTask("looking for stray browsers");

  public OrphanedBrowserSweeper(LinkedInConnector connector, OrphanedBrowsers strays, Clock clock) {
    this.connector = connector;
    this.strays = strays;
    this.clock = clock;
  }

  /** Looks once; never fails. */
  @Scheduled(every = "1m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  public Uni<Void> sweep() {
    return task.run(() -> connector.openBrowsers().flatMap(this::closeStrays));
  }

  private Uni<Void> closeStrays(List<OpenBrowser> open) {
    Instant before = clock.instant().minus(GRACE);
    List<OpenBrowser> old = open.stream().filter(b -> b.since().isBefore(before)).toList();
    if (old.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return finished(old, before)
        .chain(logins -> close(old, logins))
        .chain(() -> known(old))
        .chain(checks -> close(old, checks));
  }

  private Uni<Set<String>> finished(List<OpenBrowser> old, Instant before) {
    List<SessionId> logins = labels(old, SessionId::parse);
    Instant oldest = old.stream().map(OpenBrowser::since).min(Instant::compareTo).orElse(before);
    return logins.isEmpty()
        ? Uni.createFrom().item(Set.of())
        : strays.finished(logins, oldest, before);
  }

  private Uni<Set<String>> known(List<OpenBrowser> old) {
    List<ProfileId> profiles = labels(old, ProfileId::parse);
    return profiles.isEmpty() ? Uni.createFrom().item(Set.of()) : strays.known(profiles);
  }

  private static <T> List<T> labels(List<OpenBrowser> open, Function<String, Optional<T>> parse) {
    return open.stream().flatMap(browser -> parse.apply(browser.label()).stream()).toList();
  }

  private Uni<Void> close(List<OpenBrowser> old, Set<String> labels) {
    return Multi.createFrom()
        .iterable(old.stream().filter(browser -> labels.contains(browser.label())).toList())
        .onItem()
        .transformToUniAndConcatenate(this::close)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> close(OpenBrowser stray) {
    LOG.warnf(
        "closing a browser that no row tells of: %s, open since %s", stray.label(), stray.since());
    return connector
        .abandon(stray.browser())
        .onFailure()
        .invoke(failure -> LOG.warnf("it is not closed: %s", failure))
        .onFailure()
        .recoverWithNull();
  }
}
