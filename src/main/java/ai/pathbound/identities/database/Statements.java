package ai.pathbound.identities.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.mutiny.impl.MutinyStatelessSessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;

/**
 * Runs SQL inside the caller's transaction: that of a Hibernate Reactive session, or one of the
 * plain client. Parameters are PostgreSQL's {@code $1, $2, …}.
 */
public interface Statements {

  /** Runs an insert, update or delete; how many rows it touched. */
  Uni<Integer> execute(String sql, List<Object> parameters);

  /** Runs a select; its rows, each by column. */
  Uni<List<Object[]>> select(String sql, List<Object> parameters);

  /** In a transaction of the plain client. */
  static Statements in(SqlConnection connection) {
    return new Statements() {
      @Override
      public Uni<Integer> execute(String sql, List<Object> parameters) {
        return rows(sql, parameters).map(RowSet::rowCount);
      }

      @Override
      public Uni<List<Object[]>> select(String sql, List<Object> parameters) {
        return rows(sql, parameters)
            .map(
                rows -> {
                  List<Object[]> all = new ArrayList<>();
                  for (var row : rows) {
                    Object[] columns = new Object[row.size()];
                    for (int i = 0; i < columns.length; i++) {
                      columns[i] = row.getValue(i);
                    }
                    all.add(columns);
                  }
                  return all;
                });
      }

      private Uni<RowSet<Row>> rows(String sql, List<Object> parameters) {
        return connection.preparedQuery(sql).execute(Tuple.tuple(parameters));
      }
    };
  }

  /**
   * In the transaction of a Hibernate Reactive session. It goes straight to the session's
   * connection, as a native query would look through all that the session holds first: what the
   * session has not flushed is not seen.
   */
  static Statements in(Mutiny.Session session) {
    return in(((MutinySessionImpl) session).getReactiveConnection());
  }

  /** In the transaction of a Hibernate Reactive session that holds nothing. */
  static Statements in(Mutiny.StatelessSession session) {
    return in(((MutinyStatelessSessionImpl) session).getReactiveConnection());
  }

  private static Statements in(ReactiveConnection connection) {
    return new Statements() {
      @Override
      public Uni<Integer> execute(String sql, List<Object> parameters) {
        return Uni.createFrom().completionStage(() -> connection.update(sql, parameters.toArray()));
      }

      @Override
      public Uni<List<Object[]>> select(String sql, List<Object> parameters) {
        return Uni.createFrom()
            .completionStage(() -> connection.select(sql, parameters.toArray()))
            .map(
                rows -> {
                  List<Object[]> all = new ArrayList<>();
                  rows.forEachRemaining(all::add);
                  return all;
                });
      }
    };
  }
}
