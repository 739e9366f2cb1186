package ai.pathbound.identities.login.store;

import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.session.AwaitingCode;
import ai.pathbound.identities.login.session.AwaitingConfirmation;
import ai.pathbound.identities.login.session.Completed;
import ai.pathbound.identities.login.session.Failed;
import ai.pathbound.identities.login.session.LoginSession;
import ai.pathbound.identities.login.session.LoginStatus;
import ai.pathbound.identities.login.session.Queued;
import ai.pathbound.identities.login.session.Running;
import ai.pathbound.identities.login.session.StoredState;
import ai.pathbound.identities.login.store.Transactions.Transaction;
import ai.pathbound.identities.problem.Refusal;
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
class LoginEnds {
  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);
  private static final String ACTIVE =
      """
      select * from login_session
      where tenant_id = $1 and identity_id = $2 and finished_at is null
      for update
      """;

  private final LoginRecord record;

  LoginEnds(LoginRecord record) {
    this.record = record;
  }

  /** A login under way, with its row locked. */
  record Active(StoredState state, long epoch) {}

  Uni<Optional<Active>> active(Transaction tx, TenantId tenant, IdentityId identity) {
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
              return Optional.of(new Active(Columns.state(row), row.getLong("epoch")));
            });
  }

  /** Refuses with {@code login_in_progress} where a worker drives it. */
  void requireNotRunning(Active login) {
    if (login.state().status() == LoginStatus.RUNNING) {
      throw Refusal.of(
              Refusal.Kind.CONFLICT,
              "login_in_progress",
              "A login of this identity is running. Wait until it ends or asks for something.")
          .with(Map.of("session_id", login.state().facts().session().toString()))
          .retryAfter(TRY_AGAIN);
    }
  }

  Uni<Void> supersede(Transaction tx, Active login, Instant now) {
    return end(tx, login, new Superseding(now), now);
  }

  Uni<Void> cancel(Transaction tx, Active login, Instant now) {
    return end(tx, login, new Cancelling(now), now);
  }

  private Uni<Void> end(
      Transaction tx, Active login, LoginSession.Visitor<Failed> how, Instant now) {
    Failed failed = login.state().restore(Optional.empty()).accept(how);
    return record
        .write(tx, LoginRecord.Change.of(login.state(), login.epoch(), failed, now))
        .replaceWithVoid();
  }

  private static IllegalStateException neitherActive() {
    return new IllegalStateException("a terminal login is not active");
  }

  private record Superseding(Instant now) implements LoginSession.Visitor<Failed> {
    @Override
    public Failed queued(Queued session) {
      return session.supersede(now);
    }

    @Override
    public Failed running(Running session) {
      throw new IllegalStateException("a running login is not superseded");
    }

    @Override
    public Failed awaitingCode(AwaitingCode session) {
      return session.supersede(now);
    }

    @Override
    public Failed awaitingConfirmation(AwaitingConfirmation session) {
      return session.supersede(now);
    }

    @Override
    public Failed completed(Completed session) {
      throw neitherActive();
    }

    @Override
    public Failed failed(Failed session) {
      throw neitherActive();
    }
  }

  private record Cancelling(Instant now) implements LoginSession.Visitor<Failed> {
    @Override
    public Failed queued(Queued session) {
      return session.cancel(now);
    }

    @Override
    public Failed running(Running session) {
      return session.cancel(now);
    }

    @Override
    public Failed awaitingCode(AwaitingCode session) {
      return session.cancel(now);
    }

    @Override
    public Failed awaitingConfirmation(AwaitingConfirmation session) {
      return session.cancel(now);
    }

    @Override
    public Failed completed(Completed session) {
      throw neitherActive();
    }

    @Override
    public Failed failed(Failed session) {
      throw neitherActive();
    }
  }
}
