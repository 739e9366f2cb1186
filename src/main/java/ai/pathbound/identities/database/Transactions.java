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

  /** Takes its connections from {@code pool}. */
  public Transactions(Pool pool) {
    this.pool = pool;
  }

  /**
   * One transaction under way.
   *
   * @param connection where its statements run
   * @param afterCommit what to do once it is committed
   */
  public record Transaction(SqlConnection connection, List<Runnable> afterCommit) {
    /** Where rooms that do not care whose transaction it is run their statements. */
    public Statements statements() {
      return Statements.in(connection);
    }
  }

  /**
   * Commits what {@code work} did, or rolls it back where that fails. What has begun is finished
   * though nobody waits for it any more: a client that hung up takes no commit out of the log.
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
