package ai.pathbound.identities.login.store;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.id.SessionId;
import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.session.AwaitingCode;
import ai.pathbound.identities.login.session.AwaitingConfirmation;
import ai.pathbound.identities.login.session.Completed;
import ai.pathbound.identities.login.session.Failed;
import ai.pathbound.identities.login.session.LoginSession;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.Queued;
import ai.pathbound.identities.login.session.Running;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** What the API asks of a login that exists: how it stands, and to try a code. */
@ApplicationScoped
public class LoginStore {
  private static final String IDENTITY = "select 1 from identity where tenant_id = $1 and id = $2";
  // What a poll shows, and nothing that is sealed.
  static final String SHOWN =
      """
      select tenant_id, id, identity_id, profile_id, country, verification_wait_s, created_at,
        status, codes_used, verification_expires_at, deadline_at, challenge, last_code_wrong,
        failure, updated_at, version, sent_to, alternatives, can_resend, resends, code_sent_at
      from login_session where tenant_id = $1 and identity_id = $2
      """;
  private static final String STANDING = SHOWN + " and id = $3";

  private final Pool pool;
  private final LoginSettings settings;
  private final LoginSeals seals;
  private final LoginStateWriter record;

  LoginStore(Pool pool, LoginSettings settings, LoginSeals seals, LoginStateWriter record) {
    this.pool = pool;
    this.settings = settings;
    this.seals = seals;
    this.record = record;
  }

  /**
   * How a login stands.
   *
   * @param state its state
   * @param version grows with every change that a client can see, and with nothing else
   */
  public record VersionedLogin(LoginSnapshot state, long version) {}

  /** Refuses with {@code not_found} where the tenant has no such identity. */
  public Uni<Void> requireIdentity(TenantId tenant, IdentityId identity) {
    return pool.preparedQuery(IDENTITY)
        .execute(Tuple.of(tenant.value(), identity.uuid()))
        .invoke(Columns::required)
        .replaceWithVoid();
  }

  /** How a login stands; refuses with {@code not_found} where that identity has no such login. */
  public Uni<VersionedLogin> require(TenantId tenant, IdentityId identity, SessionId session) {
    return pool.preparedQuery(STANDING)
        .execute(Tuple.of(tenant.value(), identity.uuid(), session.uuid()))
        .map(Columns::required)
        .map(row -> new VersionedLogin(Columns.state(row), row.getLong("version")));
  }

  /**
   * Gives a code to the worker, if the login asks for one. Where the person's time is over already
   * by the database's clock, which also began it, the login fails instead; the answer is how it
   * stands afterwards.
   *
   * <p>Refuses with {@code not_found}, or with {@code no_code_expected} where no code is asked for
   * and the login has not failed either.
   */
  public Uni<LoginSnapshot> answer(
      Transaction tx, TenantId tenant, IdentityId identity, SessionId session, Secret code) {
    return LockedLogin.take(tx, tenant, identity, session)
        .flatMap(
            found -> {
              Instant now = found.now();
              return found
                  .state()
                  .restore()
                  .accept(new Answering(now))
                  .map(
                      next ->
                          record
                              .write(
                                  tx,
                                  new StateChange(
                                      found.state(),
                                      found.epoch(),
                                      next,
                                      now,
                                      next instanceof Queued
                                          ? seals.seal(
                                              code, LoginSeals.Column.CODE, tenant, session)
                                          : null,
                                      null,
                                      null))
                              .map(Optional::orElseThrow))
                  .orElseGet(() -> Uni.createFrom().item(found.state()));
            });
  }

  /** What a code makes of each state; empty where the login has failed already. */
  private final class Answering implements LoginSession.Visitor<Optional<LoginSession>> {
    private final Instant now;

    Answering(Instant now) {
      this.now = now;
    }

    @Override
    public Optional<LoginSession> awaitingCode(AwaitingCode session) {
      return Optional.of(session.answer(now, settings.queueTimeout()));
    }

    @Override
    public Optional<LoginSession> failed(Failed session) {
      return Optional.empty();
    }

    @Override
    public Optional<LoginSession> queued(Queued session) {
      throw noCodeExpected("A worker is about to go on with this login");
    }

    @Override
    public Optional<LoginSession> running(Running session) {
      throw noCodeExpected("A worker is going on with this login");
    }

    @Override
    public Optional<LoginSession> awaitingConfirmation(AwaitingConfirmation session) {
      if (session.verification().isOver(now)) {
        return Optional.of(session.expire(now));
      }
      throw noCodeExpected("LinkedIn waits for a confirmation in its app or by e-mail");
    }

    @Override
    public Optional<LoginSession> completed(Completed session) {
      throw noCodeExpected("This login is completed");
    }

    private static RefusalException noCodeExpected(String why) {
      return RefusalException.of(
          RefusalException.Kind.CONFLICT,
          "no_code_expected",
          why + "; it asks for no code. Ask for its status to see what comes next.");
    }
  }
}
