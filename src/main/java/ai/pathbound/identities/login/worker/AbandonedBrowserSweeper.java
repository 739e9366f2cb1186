package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.concurrency.CoalescedTask;
import ai.pathbound.identities.concurrency.RecurringTask;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.lease.SessionUses;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.store.AbandonedBrowsers;
import ai.pathbound.identities.login.store.AbandonedBrowsers.Note;
import ai.pathbound.identities.login.store.LoginSignals;
import ai.pathbound.identities.time.Timers;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Closes the browsers of ended logins, whichever replica opened them. */
@ApplicationScoped
class AbandonedBrowserSweeper {
  private static final Logger LOG = Logger.getLogger(AbandonedBrowserSweeper.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  // Where logins end one upon the other, no person waits for their browsers; a newer login of the
  // identity does, but not for long enough to notice.
  private static final Duration GATHERING = Duration.ofMillis(50);
  // As long as the connector may take; newer logins of the identity wait a minute for it.
  private static final Duration RETRIEVAL = Duration.ofSeconds(55);

  private final AbandonedBrowsers browsers;
  private final LinkedInConnector connector;
  private final SessionUses uses;
  private final LoginSignals signals;
  private final LoginWorker worker;
  private final RecurringTask task = new RecurringTask("closing browsers");
  // Whether the next sweep takes also what no notification told of.
  private final AtomicBoolean whatever = new AtomicBoolean(true);
  private final CoalescedTask sweeps =
      new CoalescedTask(this::takeAndClose, () -> Timers.pause(GATHERING));

  AbandonedBrowserSweeper(
      AbandonedBrowsers browsers,
      LinkedInConnector connector,
      SessionUses uses,
      LoginSignals signals,
      LoginWorker worker) {
    this.browsers = browsers;
    this.connector = connector;
    this.uses = uses;
    this.signals = signals;
    this.worker = worker;
  }

  void onStart(@Observes StartupEvent event) {
    signals.onBrowser(() -> task.run(sweeps::run).subscribe().with(done -> {}));
  }

  @Scheduled(
      every = "${identities.linkedin.worker.poll-interval:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    whatever.set(true);
    return task.run(sweeps::run);
  }

  /**
   * As long as there are some: a batch that is full may have left others. Whether there were
   * several at a time.
   */
  private Uni<Boolean> takeAndClose() {
    return takeAndClose(!whatever.getAndSet(false));
  }

  private Uni<Boolean> takeAndClose(boolean recent) {
    return (recent ? browsers.takeRecent() : browsers.take())
        .chain(
            notes ->
                close(notes)
                    .chain(
                        () ->
                            notes.size() < AbandonedBrowsers.BATCH
                                ? Uni.createFrom().item(notes.size() > 1)
                                : takeAndClose(recent)));
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
        .select()
        .where(Optional::isPresent)
        .map(Optional::get)
        .collect()
        .asList()
        .chain(browsers::forget)
        .invoke(
            awaited -> {
              if (awaited) {
                worker.wake();
              }
            })
        .replaceWithVoid();
  }

  /** The note, if there is nothing left to do for it. */
  private Uni<Optional<Note>> close(Note note) {
    if (note.browser().isEmpty()) {
      return Uni.createFrom().item(Optional.of(note));
    }
    return retrieved(note, note.browser().get())
        .chain(() -> connector.abandon(note.browser().get()).ifNoItem().after(PATIENCE).fail())
        .replaceWith(true)
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("the browser of login %s is not closed: %s", note.session(), failure);
              return note.lastTry();
            })
        .map(done -> done ? Optional.of(note) : Optional.empty());
  }

  /** Before it is closed: LinkedIn may have renewed the stored session in it. */
  private Uni<Void> retrieved(Note note, BrowserHandle browser) {
    if (!note.mayHold()) {
      return Uni.createFrom().voidItem();
    }
    return uses.retrieve(
            note.tenant(), note.identity(), note.session().uuid(), note.endedAt(), browser)
        .ifNoItem()
        .after(RETRIEVAL)
        .fail()
        .onFailure()
        .invoke(
            failure ->
                LOG.warnf("the session of login %s is not retrieved: %s", note.session(), failure))
        .onFailure()
        .recoverWithNull();
  }
}
