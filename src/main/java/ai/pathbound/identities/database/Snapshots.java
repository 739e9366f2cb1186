package ai.pathbound.identities.database;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Reads what takes long, as it stood at one moment: in one read-only transaction, of which every
 * statement sees the snapshot that the first one took (PostgreSQL's REPEATABLE READ).
 */
@ApplicationScoped
public class Snapshots {
  private static final Logger LOG = Logger.getLogger(Snapshots.class);
  private static final String BEGIN = "begin isolation level repeatable read, read only";
  // The same as a commit where nothing was written, and right after a failure, too.
  private static final String END = "rollback";
  private static final String SIGN_OF_LIFE = "select 1";

  private final Pool pool;
  private final Vertx vertx;
  private final long quiet;

  /** Takes its connections from {@code pool}. */
  public Snapshots(Pool pool, Vertx vertx, DatabaseSettings settings) {
    this.pool = pool;
    this.vertx = vertx;
    // A transaction in which nothing happens is ended after half of the patience.
    this.quiet = Math.max(1, settings.patience().toMillis() / 4);
  }

  /**
   * The items of {@code work}. The subscriber may take its time over each: the connection is kept
   * awake meanwhile. It is given back when the last item was taken, at a failure, and at once where
   * the subscriber cancels.
   */
  public <T> Multi<T> read(Function<SqlConnection, Multi<T>> work) {
    return connection()
        .onItem()
        .transformToMulti(
            connection -> {
              long timer = vertx.setPeriodic(quiet, tick -> sayAWord(connection));
              return connection
                  .query(BEGIN)
                  .execute()
                  .onItem()
                  .transformToMulti(begun -> work.apply(connection))
                  .onTermination()
                  .call(() -> giveBack(connection, timer));
            });
  }

  /** A connection that comes when its subscriber no longer waits goes back to the pool. */
  private Uni<SqlConnection> connection() {
    return Uni.createFrom()
        .emitter(
            whoWaits -> {
              boolean[] gone = {false};
              whoWaits.onTermination(() -> gone[0] = true);
              pool.getConnection()
                  .subscribe()
                  .with(
                      connection -> {
                        if (gone[0]) {
                          close(connection).subscribe().with(closed -> {});
                        } else {
                          whoWaits.complete(connection);
                        }
                      },
                      whoWaits::fail);
            });
  }

  private void sayAWord(SqlConnection connection) {
    // Where the connection is gone, the next statement says so.
    connection
        .query(SIGN_OF_LIFE)
        .execute()
        .subscribe()
        .with(said -> {}, failure -> LOG.debugf("a snapshot's connection broke: %s", failure));
  }

  private Uni<Void> giveBack(SqlConnection connection, long timer) {
    vertx.cancelTimer(timer);
    return connection
        .query(END)
        .execute()
        .replaceWithVoid()
        .onFailure()
        .recoverWithNull()
        .chain(() -> close(connection));
  }

  private static Uni<Void> close(SqlConnection connection) {
    return connection.close().onFailure().recoverWithNull();
  }
}
