package ai.pathbound.identities.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Runs statements in one transaction, and what must wait for its commit (logs, metrics) after it.
 */
@ApplicationScoped
public class Transactions {
  private final Pool pool;

  public Transactions(Pool pool) {
    this.pool = pool;
  }

  /** One transaction under way. */
  public record Transaction(SqlConnection connection, List<Runnable> afterCommit) {
    /** For rooms that accept a transaction of either client. */
    public Statements statements() {
      return Statements.in(connection);
    }
  }

  /**
   * Commits what {@code work} did, or rolls it back where that fails. The transaction finishes even
   * if the subscriber cancels, so after-commit logs and metrics are not lost.
   */
  public <T> Uni<T> run(Function<Transaction, Uni<T>> work) {
    return Uni.createFrom()
        .emitter(whoWaits -> begin(work).subscribe().with(whoWaits::complete, whoWaits::fail));
  }

  private <T> Uni<T> begin(Function<Transaction, Uni<T>> work) {
    List<Runnable> afterCommit = new ArrayList<>();
    return pool.withTransaction(connection -> work.apply(new Transaction(connection, afterCommit)))
        .invoke(() -> afterCommit.forEach(Runnable::run));
  }
}
