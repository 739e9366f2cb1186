package ai.pathbound.identities.login.store;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.UnderWay;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Ends an identity's login under way: as a caller wants it, or on behalf of what follows it. */
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
      return end().replaceWithVoid();
    }

    private Uni<LoginSnapshot> end() {
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

  /** Ends the login under way, if there is one. Refuses with {@code not_found}. */
  public Uni<Void> cancel(Transaction tx, TenantId tenant, IdentityId identity) {
    return lock(tx, tenant, identity)
        .flatMap(found -> found.map(Cancellable::cancel).orElseGet(Uni.createFrom()::voidItem));
  }

  /**
   * Ends one login as {@code cancelled}; how it stands afterwards, and whether it was under way.
   * One that was cancelled before stays as it is. Refuses with {@code not_found}, and with {@code
   * session_ended} where it ended otherwise.
   */
  public Uni<Cancelled> cancel(
      Transaction tx, TenantId tenant, IdentityId identity, SessionId session) {
    return lock(tx, tenant, identity)
        .flatMap(
            found -> {
              Optional<Cancellable> login =
                  found.filter(underWay -> underWay.session().equals(session));
              return login.isPresent()
                  ? login.get().end().map(ended -> new Cancelled(ended, true))
                  : LockedLogin.take(tx, tenant, identity, session)
                      .map(ended -> new Cancelled(requireCancelled(ended.state()), false));
            });
  }

  /**
   * A cancelled login.
   *
   * @param now whether it was this call that cancelled it
   */
  public record Cancelled(LoginSnapshot login, boolean now) {}

  private static LoginSnapshot requireCancelled(LoginSnapshot login) {
    if (login.failure().filter(FailureReason.CANCELLED::equals).isPresent()) {
      return login;
    }
    throw RefusalException.of(
        RefusalException.Kind.CONFLICT,
        "session_ended",
        "This login has ended already, and not because it was cancelled. Ask for its status to see"
            + " how.");
  }

  private Uni<Optional<Cancellable>> underWay(
      Transaction tx, TenantId tenant, IdentityId identity, Instant now) {
    return termination
        .active(tx, tenant, identity)
        .map(active -> active.map(login -> new Cancellable(tx, login, now)));
  }
}
