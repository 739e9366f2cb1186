package ai.pathbound.identities.login.store;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.Ids;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.session.BrowserHandle;
import ai.pathbound.identities.login.session.LoginOutcome;
import ai.pathbound.identities.login.session.Member;
import ai.pathbound.identities.login.session.Running;
import ai.pathbound.identities.login.session.StoredSession;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What comes before a login and after it, within a transaction that is to be rolled back. */
@ApplicationScoped
public class LoginRehearsal {
  private static final String IDENTITY =
      """
      insert into identity (tenant_id, id, first_name, last_name, role, created_at, updated_at)
      values ($1, $2, 'No', 'Body', 'nobody', now(), now())
      """;
  // A transaction's time is that of its beginning; a claim in it finds nothing that came later.
  private static final String DUE =
      "update login_session set due_at = now() where tenant_id = $1 and id = $2";
  private static final String WORKER = "nobody";
  private static final BrowserHandle BROWSER = new BrowserHandle(Secret.of("none"));
  private static final LoginOutcome SIGNED_IN =
      new LoginOutcome.SignedIn(
          new Member(Secret.of("nobody")), new StoredSession(Secret.of("none")));

  private final LoginSignals signals;
  private final Ids ids;
  private final LoginQueue queue;
  private final ClaimedLogins logins;
  private final LoginSettings settings;

  LoginRehearsal(
      LoginSignals signals,
      Ids ids,
      LoginQueue queue,
      ClaimedLogins logins,
      LoginSettings settings) {
    this.signals = signals;
    this.ids = ids;
    this.queue = queue;
    this.logins = logins;
    this.settings = settings;
  }

  /** Has this replica's worker look for a login that is not there, as if it had been notified. */
  public void announce(TenantId tenant) {
    signals.due(Optional.of(new DueLogin(tenant, ids.session())));
  }

  /** Makes an identity to log in with. */
  public Uni<IdentityId> identity(Transaction tx, TenantId tenant) {
    IdentityId identity = ids.identity();
    return tx.connection()
        .preparedQuery(IDENTITY)
        .execute(Tuple.of(tenant.value(), identity.uuid()))
        .replaceWith(identity);
  }

  /**
   * Does with a login that {@code tx} began what a worker does, to its end; nothing during a pause.
   */
  public Uni<Void> finish(Transaction tx, TenantId tenant, SessionId session) {
    return tx.connection()
        .preparedQuery(DUE)
        .execute(Tuple.of(tenant.value(), session.uuid()))
        .chain(() -> queue.rehearse(tx.connection(), WORKER, new DueLogin(tenant, session)))
        .chain(
            claim ->
                claim.map(found -> finish(tx, found)).orElseGet(() -> Uni.createFrom().voidItem()));
  }

  private Uni<Void> finish(Transaction tx, Claim claim) {
    Running running =
        claim.login().claim(claim.claimedAt(), settings.runTimeout(), Optional.empty());
    return logins.finish(tx, claim, BROWSER, running, SIGNED_IN).replaceWithVoid();
  }
}
