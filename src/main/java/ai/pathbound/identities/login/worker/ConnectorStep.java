package ai.pathbound.identities.login.worker;

import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.LoginStart;
import ai.pathbound.identities.login.lease.SessionUses;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.ChallengeRequest;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.login.store.Claim;
import ai.pathbound.identities.secret.UnreadableSecretException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** What the connector does next in a claimed login: begin, answer, press, or look. */
@ApplicationScoped
class ConnectorStep {
  /** A key is missing here: nothing was lost in a crash, and nothing is said of the session. */
  static final LoginOutcome UNREADABLE =
      new LoginOutcome.Refused(FailureReason.LINKEDIN_UNAVAILABLE);

  private final LinkedInConnector connector;
  private final SessionUses uses;
  private final LoginSpans spans;

  ConnectorStep(LinkedInConnector connector, SessionUses uses, LoginSpans spans) {
    this.connector = connector;
    this.uses = uses;
    this.spans = spans;
  }

  /** Does it; what the connector found. */
  Uni<LoginOutcome> take(Claim claim, StoredJournal journal) {
    if (!claim.readable()) {
      return Uni.createFrom().item(UNREADABLE);
    }
    if (claim.stored().isPresent()) {
      return withStored(claim, journal);
    }
    if (isBegun(claim)) {
      return goneOn(claim, journal);
    }
    LoginStart start = start(claim, Optional.empty());
    return claim.bringsCookie()
        ? besideNoUse(claim, () -> begin(claim, start, journal))
        : begin(claim, start, journal);
  }

  /**
   * What a login brings may be the session that is stored: it begins while there is no other use of
   * that one. Where there is none, or none that opens, nothing is in its way.
   */
  private Uni<LoginOutcome> besideNoUse(Claim claim, Supplier<Uni<LoginOutcome>> begin) {
    LoginFacts facts = claim.state().facts();
    AtomicBoolean begun = new AtomicBoolean();
    return uses.whenFree(
            facts.tenant(),
            facts.identity(),
            facts.session().uuid(),
            (lease, use) -> {
              begun.set(true);
              return begin.get();
            })
        .onFailure(failure -> failure instanceof UnreadableSecretException && !begun.get())
        .recoverWithItem(Optional.empty())
        .chain(done -> done.map(Uni.createFrom()::item).orElseGet(begin));
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
