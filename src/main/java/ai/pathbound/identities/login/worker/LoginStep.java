package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.LoginLostException;
import ai.pathbound.identities.login.connector.LoginStart;
import ai.pathbound.identities.login.lease.SessionUses;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeRequest;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.session.Running;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.login.store.Claim;
import ai.pathbound.identities.login.store.ClaimedLogins;
import ai.pathbound.identities.secret.UnreadableSecretException;
import ai.pathbound.identities.time.Timers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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

  /** A key is missing here: nothing was lost in a crash, and nothing is said of the session. */
  private static final LoginOutcome UNREADABLE =
      new LoginOutcome.Refused(FailureReason.LINKEDIN_UNAVAILABLE);

  private final LinkedInConnector connector;
  private final ClaimedLogins logins;
  private final SessionUses uses;
  private final LoginSpans spans;
  private final LoginSettings settings;

  LoginStep(
      LinkedInConnector connector,
      ClaimedLogins logins,
      SessionUses uses,
      LoginSpans spans,
      LoginSettings settings) {
    this.connector = connector;
    this.logins = logins;
    this.uses = uses;
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
        .map(found -> ofTheExpected(claim, found))
        .onFailure(failure -> !(failure instanceof LoginLostException))
        .recoverWithItem(
            failure -> {
              if (failure instanceof UnreadableSecretException) {
                LOG.warnf(
                    "login %s cannot go on: %s",
                    claim.state().facts().session(), failure.getMessage());
                return UNREADABLE;
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

  private Uni<LoginOutcome> step(Claim claim, StoredJournal journal) {
    if (!claim.readable()) {
      return Uni.createFrom().item(UNREADABLE);
    }
    if (claim.stored().isPresent()) {
      return withStored(claim, journal);
    }
    return isBegun(claim)
        ? goneOn(claim, journal)
        : begin(claim, start(claim, Optional.empty()), journal);
  }

  private static boolean isBegun(Claim claim) {
    return claim.credentialsSent() || claim.state().verification().expiresAt().isPresent();
  }

  private static LoginStart start(Claim claim, Optional<StoredSession> session) {
    LoginFacts facts = claim.state().facts();
    return new LoginStart(facts.session(), facts.country(), session, claim.bringsCookie());
  }

  /** Goes on in the browser that waits for an answer, or whose worker is gone. */
  private Uni<LoginOutcome> goneOn(Claim claim, StoredJournal journal) {
    if (claim.browser().isEmpty()) {
      return Uni.createFrom().item(new LoginOutcome.Refused(FailureReason.INTERRUPTED));
    }
    BrowserHandle browser = claim.browser().get();
    if (claim.request().isPresent()) {
      return requested(claim, browser, claim.request().get(), journal);
    }
    return claim.codeWaiting()
        ? spans.in(claim, "login connector answer", () -> connector.answer(browser, journal))
        : look(claim, browser, journal);
  }

  /** Presses what the person asked for. */
  private Uni<LoginOutcome> requested(
      Claim claim, BrowserHandle browser, ChallengeRequest request, StoredJournal journal) {
    return request
        .other()
        .map(
            other ->
                spans.in(
                    claim,
                    "login connector choose",
                    () -> connector.choose(browser, other, journal)))
        .orElseGet(
            () ->
                spans.in(
                    claim, "login connector resend", () -> connector.resend(browser, journal)));
  }

  /**
   * A step of a login that uses the stored session, while there is no other use of it: in each of
   * them LinkedIn may renew it.
   */
  private Uni<LoginOutcome> withStored(Claim claim, StoredJournal journal) {
    LoginFacts facts = claim.state().facts();
    return uses.whenFree(
            facts.tenant(),
            facts.identity(),
            facts.session().uuid(),
            (lease, use) -> {
              journal.uses(use);
              if (isBegun(claim)) {
                return goneOn(claim, journal);
              }
              return claim
                  .browser()
                  .map(browser -> takenOver(claim, browser, lease.session(), journal))
                  .orElseGet(
                      () -> begin(claim, start(claim, Optional.of(lease.session())), journal));
            })
        .map(
            outcome ->
                outcome.orElseGet(() -> new LoginOutcome.Refused(FailureReason.SESSION_EXPIRED)));
  }

  /**
   * Goes on in a browser that an earlier worker opened, which may hold a newer session than the
   * row; where nothing came of it, begins anew with the newest of both.
   */
  private Uni<LoginOutcome> takenOver(
      Claim claim, BrowserHandle browser, StoredSession given, StoredJournal journal) {
    return look(claim, browser, journal)
        .chain(
            found ->
                found instanceof LoginOutcome.Refused
                    ? connector
                        .abandon(browser)
                        .chain(
                            () ->
                                begin(
                                    claim,
                                    start(claim, journal.renewed().or(() -> Optional.of(given))),
                                    journal))
                    : Uni.createFrom().item(found));
  }

  private Uni<LoginOutcome> look(Claim claim, BrowserHandle browser, StoredJournal journal) {
    return spans.in(claim, "login connector look", () -> connector.look(browser, journal));
  }

  private Uni<LoginOutcome> begin(Claim claim, LoginStart start, StoredJournal journal) {
    return spans.in(claim, "login connector begin", () -> connector.begin(start, journal));
  }
}
