package ai.pathbound.identities.login.api;

import ai.pathbound.identities.database.Transactions;
import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.id.IdentityId;
import ai.pathbound.identities.login.session.Credentials;
import ai.pathbound.identities.login.store.LoginRehearsal;
import ai.pathbound.identities.login.store.LoginStarts.LoginRequest;
import ai.pathbound.identities.secret.Secret;
import ai.pathbound.identities.warmup.Rehearsal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** A login from the call that begins it to its end, which no other transaction ever sees. */
@ApplicationScoped
class LoginCallRehearsal implements Rehearsal {
  private static final Credentials TYPED =
      new Credentials.Password(Secret.of("nobody"), Secret.of("none"));

  private final Transactions transactions;
  private final LoginOperations operations;
  private final LoginRehearsal logins;

  LoginCallRehearsal(Transactions transactions, LoginOperations operations, LoginRehearsal logins) {
    this.transactions = transactions;
    this.operations = operations;
    this.logins = logins;
  }

  @Override
  public Uni<Void> rehearse() {
    return Rehearsal.rolledBack(transactions.run(tx -> login(tx).onItem().failWith(Over::new)))
        .invoke(() -> logins.announce(NOBODY.tenant()));
  }

  private Uni<Void> login(Transaction tx) {
    return logins
        .identity(tx, NOBODY.tenant())
        .chain(identity -> operations.start(tx, NOBODY, request(identity)))
        .chain(begun -> logins.finish(tx, NOBODY.tenant(), operations.sessionOf(begun)));
  }

  private static LoginRequest request(IdentityId identity) {
    return new LoginRequest(
        NOBODY.tenant(),
        identity,
        Optional.of(TYPED),
        Optional.empty(),
        Duration.ofMinutes(1),
        null);
  }
}
