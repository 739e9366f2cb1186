package ai.pathbound.identities.login.api;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.SessionJournal;
import ai.pathbound.identities.login.connector.SessionUse;
import ai.pathbound.identities.login.lease.SessionUses;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.store.LinkedInProfiles;
import ai.pathbound.identities.login.store.LinkedInProfiles.CheckResult;
import ai.pathbound.identities.login.store.LinkedInProfiles.Known;
import ai.pathbound.identities.login.store.LoginCancellation;
import ai.pathbound.identities.login.store.SessionLeases;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/** The two calls about the stored session: to ask LinkedIn about it, and to give it up. */
@ApplicationScoped
class ConnectionOperations {
  private static final Logger LOG = Logger.getLogger(ConnectionOperations.class);
  private static final Duration PATIENCE = Duration.ofSeconds(45);

  private final LinkedInProfiles profiles;
  private final LoginCancellation logins;
  private final LinkedInConnector connector;
  private final SessionUses uses;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;

  ConnectionOperations(
      LinkedInProfiles profiles,
      LoginCancellation logins,
      LinkedInConnector connector,
      SessionUses uses,
      Transactions transactions,
      AuditTrail audit,
      Clock clock) {
    this.profiles = profiles;
    this.logins = logins;
    this.connector = connector;
    this.uses = uses;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  Uni<LinkedInResponses.Checked> check(TenantId tenant, IdentityId identity) {
    return profiles
        .known(tenant, identity)
        .flatMap(
            known ->
                result(tenant, identity, known)
                    .map(result -> LinkedInResponses.Checked.of(known.profile(), result)));
  }

  private Uni<CheckResult> result(TenantId tenant, IdentityId identity, Known known) {
    if (known.recent().isPresent()) {
      return Uni.createFrom().item(known.recent().get());
    }
    return known
        .question()
        .map(question -> ask(tenant, identity, question))
        .orElseGet(() -> Uni.createFrom().item(notConnected()));
  }

  private CheckResult notConnected() {
    return new CheckResult(false, clock.instant());
  }

  /** Asks LinkedIn, unless another call did while this one waited for its turn. */
  private Uni<CheckResult> ask(
      TenantId tenant, IdentityId identity, LinkedInProfiles.Question question) {
    return inTurn(
            tenant,
            identity,
            (lease, journal) ->
                profiles
                    .known(tenant, identity)
                    .chain(
                        now ->
                            now.recent().isPresent()
                                ? Uni.createFrom().item(now.recent().get())
                                : connector
                                    .check(use(lease), journal)
                                    .chain(found -> profiles.answered(question, found))))
        .map(found -> found.orElseGet(this::notConnected))
        .onFailure(failure -> !(failure instanceof RefusalException))
        .transform(
            failure -> {
              LOG.warnf("a check did not reach LinkedIn: %s", failure);
              FailureReason reason = FailureReason.LINKEDIN_UNAVAILABLE;
              return RefusalException.of(
                  reason.kind(),
                  reason.wireName(),
                  "LinkedIn could not be reached or did not answer as expected. Ask again in a few"
                      + " minutes.");
            });
  }

  private <T> Uni<Optional<T>> inTurn(
      TenantId tenant,
      IdentityId identity,
      BiFunction<SessionLeases.Lease, SessionJournal, Uni<T>> work) {
    return uses.whenFree(tenant, identity, UUID.randomUUID(), work)
        .ifNoItem()
        .after(PATIENCE)
        .fail();
  }

  private static SessionUse use(SessionLeases.Lease lease) {
    return new SessionUse(lease.profile(), lease.session(), lease.country(), lease.askWho());
  }

  /**
   * Erases the stored session.
   *
   * @param signOut whether to sign it out at LinkedIn before, as far as that can be done
   */
  Uni<LinkedInResponses.Disconnected> disconnect(Caller who, IdentityId identity, boolean signOut) {
    return signOut
        ? transactions
            .run(tx -> logins.cancel(tx, who.tenant(), identity))
            .chain(() -> signedOut(who.tenant(), identity))
            .chain(outcome -> disconnect(who, identity, outcome))
        : disconnect(who, identity, Optional.empty());
  }

  /** What came of signing out: success, or why not; empty where there was no session. */
  private Uni<Optional<String>> signedOut(TenantId tenant, IdentityId identity) {
    String failed = FailureReason.LINKEDIN_UNAVAILABLE.wireName();
    return inTurn(tenant, identity, (lease, journal) -> connector.signOut(use(lease), journal))
        .map(done -> done.map(out -> out ? AuditTrail.SUCCESS : failed))
        .onFailure()
        .invoke(failure -> LOG.warnf("a session was not signed out at LinkedIn: %s", failure))
        .onFailure()
        .recoverWithItem(Optional.of(failed));
  }

  private Uni<LinkedInResponses.Disconnected> disconnect(
      Caller who, IdentityId identity, Optional<String> signedOut) {
    return transactions
        .run(
            tx ->
                profiles
                    .disconnect(tx, who.tenant(), identity)
                    .call(
                        done ->
                            signedOut
                                .map(
                                    outcome ->
                                        audit.write(
                                            tx.statements(),
                                            who,
                                            Action.SIGNED_OUT,
                                            identity,
                                            outcome))
                                .orElseGet(Uni.createFrom()::voidItem))
                    .call(done -> audit.write(tx.statements(), who, Action.DISCONNECTED, identity)))
        .replaceWith(() -> LinkedInResponses.Disconnected.of(identity));
  }
}
