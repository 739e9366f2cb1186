package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.store.AbandonedBrowsers;
import ai.pathbound.identities.login.store.AbandonedBrowsers.Note;
import ai.pathbound.identities.login.store.LoginSignals;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** Closes the browsers of ended logins, whichever replica opened them. */
@ApplicationScoped
class AbandonedBrowserSweeper {
  private static final Logger LOG = Logger.getLogger(AbandonedBrowserSweeper.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final AbandonedBrowsers browsers;
  private final LinkedInConnector connector;
  private final LoginSignals signals;
  private final LoginWorker worker;
  private final RecurringTask task = new RecurringTask("closing browsers");

  AbandonedBrowserSweeper(
      AbandonedBrowsers browsers,
      LinkedInConnector connector,
      LoginSignals signals,
      LoginWorker worker) {
    this.browsers = browsers;
    this.connector = connector;
    this.signals = signals;
    this.worker = worker;
  }

  void onStart(@Observes StartupEvent event) {
    signals.onDue(() -> sweep().subscribe().with(done -> {}));
  }

  @Scheduled(
      every = "${identities.linkedin.worker.poll-interval:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    return task.run(() -> browsers.take().flatMap(this::close));
  }

  private Uni<Void> close(List<Note> notes) {
    if (notes.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return Multi.createFrom()
        .iterable(notes)
        .onItem()
        .transformToUni(this::close)
        // Few at a time: the API needs connections too.
        .merge(4)
        .collect()
        .last()
        // A newer login of the identity may have waited for this.
        .invoke(worker::wake)
        .replaceWithVoid();
  }

  private Uni<Void> close(Note note) {
    if (note.browser().isEmpty()) {
      return browsers.forget(note);
    }
    return Uni.createFrom()
        .deferred(() -> connector.abandon(note.browser().get()))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .replaceWith(true)
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("the browser of login %s is not closed: %s", note.session(), failure);
              return note.lastTry();
            })
        .flatMap(done -> done ? browsers.forget(note) : Uni.createFrom().voidItem());
  }
}
