package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.LoginLostException;
import ai.pathbound.identities.login.connector.LoginStart;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.session.Running;
import ai.pathbound.identities.login.store.Claim;
import ai.pathbound.identities.login.store.ClaimedLogins;
import ai.pathbound.identities.secret.SecretUnreadable;
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

  private final LinkedInConnector connector;
  private final ClaimedLogins logins;
  private final LoginSpans spans;
  private final LoginSettings settings;

  LoginStep(
      LinkedInConnector connector, ClaimedLogins logins, LoginSpans spans, LoginSettings settings) {
    this.connector = connector;
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
    // A login that is rescued at its deadline is not driven for less than none.
    return outcome(claim, Timers.atLeastAMillisecond(Duration.between(now, running.deadline())))
        .flatMap(
            outcome ->
                spans.in(
                    claim,
                    "login settle",
                    () ->
                        logins
                            .settle(claim, held, running, outcome)
                            // A second try finds no row where the first was committed unheard.
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
        .onFailure(LoginLostException.class)
        .recoverWithNull()
        .replaceWithVoid();
  }

  private Uni<LoginOutcome> outcome(Claim claim, Duration atMost) {
    StoredJournal journal = new StoredJournal(claim, logins);
    return Uni.createFrom()
        .deferred(() -> step(claim, journal))
        .ifNoItem()
        .after(atMost)
        .fail()
        .onItem()
        .invoke(found -> requireWritten(journal))
        .onFailure(failure -> !(failure instanceof LoginLostException))
        .recoverWithItem(
            failure -> {
              if (failure instanceof SecretUnreadable) {
                LOG.warnf(
                    "login %s cannot go on: %s",
                    claim.state().facts().session(), failure.getMessage());
                return new LoginOutcome.Refused(FailureReason.INTERRUPTED);
              }
              requireWritten(journal);
              LOG.warnf(
                  "login %s: the connector failed: %s", claim.state().facts().session(), failure);
              return new LoginOutcome.Refused(FailureReason.LINKEDIN_UNAVAILABLE);
            });
  }

  /** Without its row nobody knows how far a login has come: it is left to its lease. */
  private static void requireWritten(StoredJournal journal) {
    journal
        .trouble()
        .ifPresent(
            trouble -> {
              throw new IllegalStateException("its row could not be written: " + trouble);
            });
  }

  private Uni<LoginOutcome> step(Claim claim, StoredJournal journal) {
    if (!claim.readable()) {
      return Uni.createFrom().item(new LoginOutcome.Refused(FailureReason.INTERRUPTED));
    }
    boolean begun = claim.credentialsSent() || claim.state().verification().expiresAt().isPresent();
    if (!begun) {
      LoginStart start =
          new LoginStart(
              claim.state().facts().session(), claim.state().facts().country(), claim.stored());
      return spans.in(claim, "login connector begin", () -> connector.begin(start, journal));
    }
    if (claim.browser().isEmpty()) {
      return Uni.createFrom().item(new LoginOutcome.Refused(FailureReason.INTERRUPTED));
    }
    BrowserHandle browser = claim.browser().get();
    return claim.codeWaiting()
        ? spans.in(claim, "login connector answer", () -> connector.answer(browser, journal))
        : spans.in(claim, "login connector look", () -> connector.look(browser));
  }
}
