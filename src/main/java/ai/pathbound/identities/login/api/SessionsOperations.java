package ai.pathbound.identities.login.api;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.store.LoginCancellation;
import ai.pathbound.identities.login.store.LoginHistory;
import ai.pathbound.identities.tenant.Caller;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What a client asks of an identity's logins as a whole, and the end of one of them. */
@ApplicationScoped
class SessionsOperations {
  private final Transactions transactions;
  private final LoginHistory history;
  private final LoginCancellation cancellation;
  private final AuditTrail audit;
  private final LoginSettings settings;

  SessionsOperations(
      Transactions transactions,
      LoginHistory history,
      LoginCancellation cancellation,
      AuditTrail audit,
      LoginSettings settings) {
    this.transactions = transactions;
    this.history = history;
    this.cancellation = cancellation;
    this.audit = audit;
    this.settings = settings;
  }

  Uni<LinkedInResponses.Sessions> page(
      TenantId tenant,
      IdentityId identity,
      Optional<LoginStatus> status,
      Optional<SessionId> after,
      int limit) {
    return history
        .page(tenant, identity, status, after, limit + 1)
        .map(
            found -> LinkedInResponses.Sessions.of(identity, found, limit, settings.resendAfter()));
  }

  /** The trail tells of it once: a call that finds it cancelled has done nothing. */
  Uni<LinkedInResponses.Standing> cancel(Caller who, IdentityId identity, SessionId session) {
    return transactions
        .run(
            tx ->
                cancellation
                    .cancel(tx, who.tenant(), identity, session)
                    .call(
                        cancelled ->
                            cancelled.now()
                                ? audit.write(
                                    tx.statements(),
                                    who,
                                    Action.LOGIN_CANCELLED,
                                    identity,
                                    session,
                                    AuditTrail.SUCCESS)
                                : Uni.createFrom().voidItem()))
        .map(cancelled -> LinkedInResponses.Standing.of(cancelled.login(), settings.resendAfter()));
  }
}
