package ai.pathbound.identities.login.api;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.store.LinkedInProfiles;
import ai.pathbound.identities.login.store.LinkedInProfiles.CheckResult;
import ai.pathbound.identities.login.store.LinkedInProfiles.Known;
import ai.pathbound.identities.problem.Refusal;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The two calls about the stored session: to ask LinkedIn about it, and to give it up. */
@ApplicationScoped
class ConnectionCalls {
  private static final Logger LOG = Logger.getLogger(ConnectionCalls.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final LinkedInProfiles profiles;
  private final LinkedInConnector connector;
  private final Transactions transactions;
  private final AuditTrail audit;
  private final Clock clock;

  ConnectionCalls(
      LinkedInProfiles profiles,
      LinkedInConnector connector,
      Transactions transactions,
      AuditTrail audit,
      Clock clock) {
    this.profiles = profiles;
    this.connector = connector;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  Uni<LinkedInResponses.Checked> check(TenantId tenant, IdentityId identity) {
    return profiles
        .known(tenant, identity)
        .flatMap(
            known ->
                result(known).map(result -> LinkedInResponses.Checked.of(known.profile(), result)));
  }

  private Uni<CheckResult> result(Known known) {
    if (known.recent().isPresent()) {
      return Uni.createFrom().item(known.recent().get());
    }
    return known
        .question()
        .map(this::ask)
        .orElseGet(() -> Uni.createFrom().item(new CheckResult(false, clock.instant())));
  }

  private Uni<CheckResult> ask(LinkedInProfiles.Question question) {
    return Uni.createFrom()
        .deferred(() -> connector.check(question.profile(), question.session(), question.country()))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onFailure()
        .transform(
            failure -> {
              LOG.warnf("a check did not reach LinkedIn: %s", failure);
              FailureReason reason = FailureReason.LINKEDIN_UNAVAILABLE;
              return Refusal.of(
                  reason.kind(),
                  reason.word(),
                  "LinkedIn could not be reached or did not answer as expected. Ask again in a few"
                      + " minutes.");
            })
        .flatMap(connected -> profiles.answered(question, connected));
  }

  Uni<LinkedInResponses.Disconnected> disconnect(Caller who, IdentityId identity) {
    return transactions
        .run(
            tx ->
                profiles
                    .disconnect(tx, who.tenant(), identity)
                    .call(done -> audit.write(tx.statements(), who, Action.DISCONNECTED, identity)))
        .replaceWith(() -> LinkedInResponses.Disconnected.of(identity));
  }
}
