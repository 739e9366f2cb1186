package ai.pathbound.identities.database;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Drops one message from the log: Vert.x 4's pool does not cancel the timer of a request that
 * already failed, and logs a stack trace when it fires.
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
