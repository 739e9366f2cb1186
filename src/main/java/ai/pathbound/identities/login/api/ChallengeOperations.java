package ai.pathbound.identities.login.api;

import ai.pathbound.identities.audit.Action;
import ai.pathbound.identities.audit.AuditTrail;
import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.session.ChallengeKind;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.store.ChallengeRequests;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a client asks of a challenge beside answering it. */
@ApplicationScoped
class ChallengeOperations {
  private final Transactions transactions;
  private final ChallengeRequests challenges;
  private final AuditTrail audit;
  private final LoginSettings settings;

  ChallengeOperations(
      Transactions transactions,
      ChallengeRequests challenges,
      AuditTrail audit,
      LoginSettings settings) {
    this.transactions = transactions;
    this.challenges = challenges;
    this.audit = audit;
    this.settings = settings;
  }

  Uni<LinkedInResponses.Standing> resend(Caller who, IdentityId identity, SessionId session) {
    return asked(
        who,
        Action.RESEND_REQUESTED,
        tx -> challenges.resend(tx, who.tenant(), identity, session),
        ChallengeRequests::resendUnavailable);
  }

  Uni<LinkedInResponses.Standing> choose(
      Caller who, IdentityId identity, SessionId session, ChallengeKind other) {
    return asked(
        who,
        Action.CHALLENGE_CHOSEN,
        tx -> challenges.choose(tx, who.tenant(), identity, session, other),
        ChallengeRequests::alternativeUnavailable);
  }

  /** The time of a login may have run out when it was asked: then it has failed, and that stays. */
  private Uni<LinkedInResponses.Standing> asked(
      Caller who,
      Action action,
      Function<Transaction, Uni<LoginSnapshot>> ask,
      Supplier<RefusalException> unavailable) {
    return transactions
        .run(tx -> ask.apply(tx).call(login -> LoginAudit.write(audit, tx, who, action, login)))
        .invoke(
            login -> {
              if (login.failure().isPresent()) {
                throw unavailable.get();
              }
            })
        .map(login -> LinkedInResponses.Standing.of(login, settings.resendAfter()));
  }
}
