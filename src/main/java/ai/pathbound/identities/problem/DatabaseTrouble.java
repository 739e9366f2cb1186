package ai.pathbound.identities.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Tells whether an exception means that the database cannot serve now, but may soon. */
public final class DatabaseTrouble {
  private static final int DEPTH = 12;

  /** Connection failures that Vert.x raises without a type of their own. */
  private static final Set<String> UNTYPED =
      Set.of(
          "Timeout",
          "Timeout waiting for connection",
          "Pending requests failed to be sent due to connection has been closed.",
          "Connection was closed",
          "SSL handshake failed",
          "Pool closed",
          "Pool is closed");

  private static final String NOT_ACTIVE = "Connection is not active now";

  /** A lock not had, a deadlock, a transaction that was idle for too long. */
  private static final Set<String> MAY_PASS = Set.of("55P03", "40P01", "25P03");

  private DatabaseTrouble() {}

  /** Whether {@code failure}, a cause of it, or what failed after it (a rollback, say) says so. */
  public static boolean is(Throwable failure) {
    return is(failure, DEPTH);
  }

  private static boolean is(Throwable failure, int depth) {
    return failure != null
        && depth > 0
        && (says(failure)
            || is(failure.getCause(), depth - 1)
            || Arrays.stream(failure.getSuppressed()).anyMatch(next -> is(next, depth - 1)));
  }

  private static boolean says(Throwable cause) {
    // A reset connection is now a SocketException, now a plain IOException: both are the network's.
    return cause instanceof IOException && !(cause instanceof JsonProcessingException)
        || cause instanceof ClosedConnectionException
        || cause instanceof ConnectionPoolTooBusyException
        || cause instanceof TimeoutException
        || cause instanceof PgException refused && mayPass(refused.getSqlState())
        || cause.getClass().getName().startsWith("io.vertx.core.")
            && cause.getMessage() != null
            && (UNTYPED.contains(cause.getMessage()) || cause.getMessage().startsWith(NOT_ACTIVE));
  }

  /**
   * SQLSTATE classes 08 (connection), 53 (resources) and 57 (operator intervention, which is also a
   * statement that took too long), and what is named one by one.
   */
  private static boolean mayPass(String state) {
    return state != null
        && (state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57")
            || MAY_PASS.contains(state));
  }
}
