package ai.pathbound.identities.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;

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

  /** In the transaction of a Hibernate Reactive session. */
  static Statements in(Mutiny.Session session) {
    return new Statements() {
      @Override
      public Uni<Integer> execute(String sql, List<Object> parameters) {
        return with(parameters, session.createNativeQuery(ordinal(sql))).executeUpdate();
      }

      @Override
      public Uni<List<Object[]>> select(String sql, List<Object> parameters) {
        return with(parameters, session.createNativeQuery(ordinal(sql), Object[].class))
            .getResultList();
      }

      private static <Q extends Mutiny.AbstractQuery> Q with(List<Object> parameters, Q query) {
        for (int i = 0; i < parameters.size(); i++) {
          query.setParameter(i + 1, parameters.get(i));
        }
        return query;
      }

      /** Hibernate writes them ?1, ?2, …. */
      private static String ordinal(String sql) {
        return sql.replace('$', '?');
      }
    };
  }
}
