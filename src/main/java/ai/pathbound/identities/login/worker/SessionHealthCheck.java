package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.LoginLostException;
import ai.pathbound.identities.login.connector.SessionJournal;
import ai.pathbound.identities.login.connector.SessionUse;
import ai.pathbound.identities.login.connector.SessionWantedException;
import ai.pathbound.identities.login.lease.SessionUses;
import ai.pathbound.identities.login.lease.UnresolvedUseException;
import ai.pathbound.identities.login.store.ClaimedHealthCheck;
import ai.pathbound.identities.login.store.HealthCheckOutcome;
import ai.pathbound.identities.login.store.HealthCheckRecord;
import ai.pathbound.identities.login.store.SessionLeases.Lease;
import ai.pathbound.identities.secret.UnreadableSecretException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Takes one claimed look: asks LinkedIn with the stored session as {@code check} does, and writes
 * down what it said. A look waits for no other use, and breaks off where a login wants the session:
 * the login waits until the look's browser is closed, and no longer.
 */
@ApplicationScoped
class SessionHealthCheck {
  private static final Logger LOG = Logger.getLogger(SessionHealthCheck.class);

  /** The most that LinkedIn is waited for. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Longer than a look takes, with what it takes from a browser that was left. */
  static final Duration LEASE = Duration.ofMinutes(2);

  private final SessionUses uses;
  private final LinkedInConnector connector;
  private final HealthCheckRecord record;
  private final Duration patience;

  @Inject
  SessionHealthCheck(SessionUses uses, LinkedInConnector connector, HealthCheckRecord record) {
    this(uses, connector, record, PATIENCE);
  }

  SessionHealthCheck(
      SessionUses uses, LinkedInConnector connector, HealthCheckRecord record, Duration patience) {
    this.uses = uses;
    this.connector = connector;
    this.record = record;
    this.patience = patience;
  }

  /** What came of it; fails where that could not be written down. */
  Uni<HealthCheckOutcome> take(ClaimedHealthCheck look) {
    if (look.needless()) {
      return record.needless(look);
    }
    return uses.ifFree(
            look.tenant(),
            look.identity(),
            UUID.randomUUID(),
            (lease, journal) -> asked(look, lease, journal).chain(Supplier::get))
        // From outside: a use that is broken off keeps the session until its browser is closed.
        .ifNoItem()
        .after(patience)
        .recoverWithUni(() -> record.later(look, HealthCheckOutcome.OUT_OF_REACH).map(Optional::of))
        .chain(
            outcome ->
                outcome.isPresent()
                    ? Uni.createFrom().item(outcome.get())
                    : record.later(look, HealthCheckOutcome.BUSY))
        .onFailure(LoginLostException.class)
        .recoverWithUni(() -> record.later(look, HealthCheckOutcome.BUSY))
        .onFailure(UnresolvedUseException.class)
        .recoverWithUni(() -> record.later(look, HealthCheckOutcome.OUT_OF_REACH))
        .onFailure(UnreadableSecretException.class)
        .recoverWithUni(
            failure -> {
              LOG.warnf("a session cannot be looked at: %s", failure.getMessage());
              return record.later(look, HealthCheckOutcome.UNREADABLE);
            });
  }

  /** What is to be written down of what LinkedIn said, or did not say. */
  private Uni<Supplier<Uni<HealthCheckOutcome>>> asked(
      ClaimedHealthCheck look, Lease lease, SessionJournal journal) {
    SessionUse use =
        new SessionUse(
            lease.profile(),
            lease.session(),
            lease.country(),
            lease.askWho(),
            uses.wantedByLogin(look.tenant(), look.identity()));
    return connector
        .check(use, journal)
        .<Supplier<Uni<HealthCheckOutcome>>>map(
            honoured -> () -> record.answered(look, lease.storedAt(), honoured))
        .onFailure(SessionWantedException.class)
        .recoverWithItem(wanted -> () -> record.later(look, HealthCheckOutcome.BUSY))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.debugf("a look at %s did not reach LinkedIn: %s", look.identity(), failure);
              return () -> record.later(look, HealthCheckOutcome.OUT_OF_REACH);
            });
  }
}
