package ai.pathbound.identities.login.store;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.UnderWay;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Ends an identity's login under way on behalf of what follows it. */
@ApplicationScoped
public class LoginCancellation {
  private final LoginTermination termination;

  LoginCancellation(LoginTermination termination) {
    this.termination = termination;
  }

  /** A login under way, its row and those above it locked. */
  public final class Cancellable {
    private final Transaction tx;
    private final LoginTermination.Active<UnderWay> login;
    private final Instant now;

    private Cancellable(Transaction tx, LoginTermination.Active<UnderWay> login, Instant now) {
      this.tx = tx;
      this.login = login;
      this.now = now;
    }

    /** Which login it is. */
    public SessionId session() {
      return login.row().facts().session();
    }

    /** Ends it as {@code cancelled}. */
    public Uni<Void> cancel() {
      return termination.cancel(tx, login, now);
    }
  }

  /**
   * Locks the identity, its profile and its login under way, in the one order; empty where no login
   * is under way. Refuses with {@code not_found} where the tenant has no such identity.
   */
  public Uni<Optional<Cancellable>> lock(Transaction tx, TenantId tenant, IdentityId identity) {
    return tx.connection()
        .preparedQuery(LinkedInProfiles.IDENTITY)
        .execute(Tuple.of(tenant.value(), identity.uuid()))
        .invoke(Columns::required)
        .flatMap(found -> ProfileLock.take(tx.statements(), tenant, identity))
        .flatMap(
            locked ->
                locked
                    .map(profile -> underWay(tx, tenant, identity, profile.now()))
                    .orElseGet(() -> Uni.createFrom().item(Optional.empty())));
  }

  private Uni<Optional<Cancellable>> underWay(
      Transaction tx, TenantId tenant, IdentityId identity, Instant now) {
    return termination
        .active(tx, tenant, identity)
        .map(active -> active.map(login -> new Cancellable(tx, login, now)));
  }
}
