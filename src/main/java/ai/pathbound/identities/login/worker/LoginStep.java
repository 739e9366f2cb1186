package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.connector.LoginLostException;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.session.Running;
import ai.pathbound.identities.login.store.Claim;
import ai.pathbound.identities.login.store.ClaimedLogins;
import ai.pathbound.identities.secret.UnreadableSecretException;
import ai.pathbound.identities.time.Timers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Takes one claimed login one step on: what the connector finds, the core decides, and the row is
 * settled, if it is still this worker's.
 */
@ApplicationScoped
class LoginStep {
  private static final Logger LOG = Logger.getLogger(LoginStep.class);

  private static final Duration TRY_AGAIN = Duration.ofMillis(100);
  private static final int TRIES = 3;

  private final ConnectorStep step;
  private final ClaimedLogins logins;
  private final LoginSpans spans;
  private final LoginSettings settings;

  LoginStep(ConnectorStep step, ClaimedLogins logins, LoginSpans spans, LoginSettings settings) {
    this.step = step;
    this.logins = logins;
    this.spans = spans;
    this.settings = settings;
  }

  Uni<Void> drive(Claim claim) {
    Instant now = claim.claimedAt();
    LoginSnapshot before = claim.state();
    Running running = claim.login().claim(now, settings.runTimeout(), claim.expected());
    LoginSnapshot held =
        before.status() == LoginStatus.QUEUED ? LoginSnapshot.of(running, now) : before;
    // The remaining time can be zero or negative at a take-over.
    return outcome(claim, Timers.atLeastAMillisecond(Duration.between(now, running.deadline())))
        .flatMap(
            outcome ->
                spans.in(
                    claim,
                    "login settle",
                    () ->
                        logins
                            .settle(claim, held, running, outcome)
                            // Safe to retry: after an unacknowledged commit the epoch no longer
                            // matches.
                            .onFailure()
                            .retry()
                            .withBackOff(TRY_AGAIN)
                            .atMost(TRIES),
                    settled -> settled.map(LoginSnapshot::status)))
        .invoke(
            settled -> {
              if (settled.isEmpty()) {
                LOG.debugf("login %s was settled by others", before.facts().session());
              }
            })
        .replaceWithVoid()
        .onFailure(LoginLostException.class)
        .recoverWithUni(() -> logins.letGo(claim));
  }

  private Uni<LoginOutcome> outcome(Claim claim, Duration atMost) {
    StoredJournal journal = new StoredJournal(claim, logins);
    return Uni.createFrom()
        .deferred(() -> step.take(claim, journal))
        .ifNoItem()
        .after(atMost)
        .fail()
        .onItem()
        .invoke(found -> requireWritten(journal))
        .map(found -> ofTheExpected(claim, found))
        .onFailure(failure -> !(failure instanceof LoginLostException))
        .recoverWithItem(
            failure -> {
              if (failure instanceof UnreadableSecretException) {
                LOG.warnf(
                    "login %s cannot go on: %s",
                    claim.state().facts().session(), failure.getMessage());
                return ConnectorStep.UNREADABLE;
              }
              requireWritten(journal);
              LOG.warnf(
                  "login %s: the connector failed: %s", claim.state().facts().session(), failure);
              return new LoginOutcome.Refused(FailureReason.LINKEDIN_UNAVAILABLE);
            });
  }

  /**
   * Credentials may be another member's: where LinkedIn does not say whose they were, the session
   * that they won is taken to be who it was before, until LinkedIn says so.
   */
  private static LoginOutcome ofTheExpected(Claim claim, LoginOutcome found) {
    if (found instanceof LoginOutcome.SignedIn signedIn
        && !signedIn.member().isKnown()
        && claim.expected().isPresent()
        && claim.stored().isEmpty()) {
      LOG.warnf("login %s: LinkedIn did not say who it is", claim.state().facts().session());
      return new LoginOutcome.SignedIn(claim.expected().get().asPresumed(), signedIn.session());
    }
    return found;
  }

  /** Without its row the progress of a login is unknown: it is left to its lease. */
  private static void requireWritten(StoredJournal journal) {
    journal
        .trouble()
        .ifPresent(
            trouble -> {
              throw new IllegalStateException("its row could not be written: " + trouble);
            });
  }
}
