package ai.pathbound.identities.database;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Leaves one thing out of the log: the pool of Vert.x 4 does not stop the clock of a query that
 * failed for want of a connection, and complains, with a stack trace, when the time is over.
 */
@LoggingFilter(name = "late-timeouts")
public final class LateTimeoutFilter implements Filter {
  private static final String POOL = "io.vertx.sqlclient.impl.pool.SqlConnectionPool";

  @Override
  public boolean isLoggable(LogRecord line) {
    return !(line.getThrown() instanceof IllegalStateException late
        && late.getStackTrace().length > 1
        && late.getStackTrace()[1].getClassName().equals(POOL));
  }
}
