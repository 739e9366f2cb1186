package ai.pathbound.identities.login.store;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.session.Failed;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.session.UnderWay;
import ai.pathbound.identities.login.session.Waiting;
import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Ends a login that is under way from outside: superseded by a newer one, or cancelled. */
@ApplicationScoped
class LoginTermination {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);
  private static final String ACTIVE =
      """
      select * from login_session
      where tenant_id = $1 and identity_id = $2 and finished_at is null
      for update
      """;

  private final LoginStateWriter record;

  LoginTermination(LoginStateWriter record) {
    this.record = record;
  }

  /**
   * A login under way, with its row locked.
   *
   * @param <S> what is known of the state
   */
  record Active<S extends UnderWay>(S login, LoginSnapshot row, long epoch) {}

  Uni<Optional<Active<UnderWay>>> active(Transaction tx, TenantId tenant, IdentityId identity) {
    return tx.connection()
        .preparedQuery(ACTIVE)
        .execute(Tuple.of(tenant.value(), identity.uuid()))
        .map(
            rows -> {
              var found = rows.iterator();
              if (!found.hasNext()) {
                return Optional.empty();
              }
              var row = found.next();
              LoginSnapshot state = Columns.state(row);
              return state
                  .restore()
                  .underWay()
                  .map(login -> new Active<>(login, state, row.getLong("epoch")));
            });
  }

  /** The login as one that may be superseded; refuses with {@code login_in_progress}. */
  Active<Waiting> requireWaiting(Active<UnderWay> login) {
    return login
        .login()
        .waiting()
        .map(waiting -> new Active<>(waiting, login.row(), login.epoch()))
        .orElseThrow(() -> inProgress(login.row().facts()));
  }

  private static RefusalException inProgress(LoginFacts running) {
    return RefusalException.of(
            RefusalException.Kind.CONFLICT,
            "login_in_progress",
            "A login of this identity is running. Wait until it ends or asks for something, or"
                + " cancel it: DELETE …/linkedin/sessions/ and its id.")
        .with(Map.of("session_id", running.session().toString()))
        .retryAfter(TRY_AGAIN);
  }

  Uni<Void> supersede(Transaction tx, Active<Waiting> login, Instant now) {
    return end(tx, login, login.login().supersede(now), now).replaceWithVoid();
  }

  Uni<LoginSnapshot> cancel(Transaction tx, Active<UnderWay> login, Instant now) {
    return end(tx, login, login.login().cancel(now), now);
  }

  private Uni<LoginSnapshot> end(Transaction tx, Active<?> login, Failed failed, Instant now) {
    return record
        .write(tx, StateChange.of(login.row(), login.epoch(), failed, now))
        .map(Optional::orElseThrow);
  }
}
