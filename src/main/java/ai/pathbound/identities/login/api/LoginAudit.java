package ai.pathbound.identities.login.api;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.tenant.Caller;
import io.smallrye.mutiny.Uni;

/** What the trail tells of a call that changes a login. */
final class LoginAudit {
  private LoginAudit() {}

  /** Its outcome is why the login has failed, where the call found its time to be over. */
  static Uni<Void> write(
      AuditTrail audit, Transaction tx, Caller who, Action action, LoginSnapshot login) {
    return audit.write(
        tx.statements(),
        who,
        action,
        login.facts().identity(),
        login.facts().session(),
        login.failure().map(FailureReason::wireName).orElse(AuditTrail.SUCCESS));
  }
}
