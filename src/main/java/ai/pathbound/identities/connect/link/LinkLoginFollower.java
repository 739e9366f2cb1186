package ai.pathbound.identities.connect.link;

import ai.pathbound.identities.database.Transactions.Transaction;
import ai.pathbound.identities.login.session.FailureReason;
import ai.pathbound.identities.login.session.LoginFacts;
import ai.pathbound.identities.login.session.LoginSnapshot;
import ai.pathbound.identities.login.store.LoginFollower;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** A submitted link ends, or leads back to its form, in the transaction in which its login ends. */
@ApplicationScoped
class LinkLoginFollower implements LoginFollower {
  // One that was revoked or has expired follows no more.
  private static final String FOLLOWING =
      "select found.*, "
          + LinkRows.NOW
          + " from (select * from connect_link"
          + " where tenant_id = $1 and session_id = $2 and status = 'submitted' for update) found";

  private final LinkRecord record;

  LinkLoginFollower(LinkRecord record) {
    this.record = record;
  }

  @Override
  public Uni<Void> ended(Transaction tx, LoginSnapshot login) {
    LoginFacts facts = login.facts();
    return tx.connection()
        .preparedQuery(FOLLOWING)
        .execute(Tuple.of(facts.tenant().value(), facts.session().uuid()))
        .map(LinkRows::first)
        .flatMap(
            found ->
                found
                    .map(link -> follow(tx, link, login.failure()))
                    .orElseGet(Uni.createFrom()::voidItem));
  }

  private Uni<Void> follow(Transaction tx, StoredLink link, Optional<FailureReason> failure) {
    ConnectLink next =
        link.state()
            .accept(
                new OnlyFrom<ConnectLink>() {
                  @Override
                  public Optional<ConnectLink> submitted(Submitted state) {
                    return Optional.of(
                        failure.<ConnectLink>map(state::fail).orElseGet(state::complete));
                  }
                })
            .orElseThrow();
    return record.write(tx, link, next, Optional.empty()).replaceWithVoid();
  }
}
