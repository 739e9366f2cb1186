package ai.pathbound.identities;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps whatever a logger says while it is open, message, parameters and causes. */
public final class LogRecorder extends Handler implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Logger logger;
  private final Level levelBefore;

  private LogRecorder(Logger logger, Level level) {
    this.logger = logger;
    this.levelBefore = logger.getLevel();
    setLevel(level);
    logger.setLevel(level);
    logger.addHandler(this);
  }

  /** Of everything that this process logs. */
  public static LogRecorder ofEverything() {
    return new LogRecorder(Logger.getLogger(""), Level.ALL);
  }

  /** Of everything that one class logs. */
  public static LogRecorder ofEverything(Class<?> type) {
    return new LogRecorder(Logger.getLogger(type.getName()), Level.ALL);
  }

  /** Of the warnings of everybody, and what is worse. */
  public static LogRecorder ofAllWarnings() {
    return new LogRecorder(Logger.getLogger(""), Level.WARNING);
  }

  /** Of the warnings of one class, and what is worse. */
  public static LogRecorder ofWarnings(Class<?> type) {
    return new LogRecorder(Logger.getLogger(type.getName()), Level.WARNING);
  }

  @Override
  public void publish(LogRecord logged) {
    if (logged.getLevel().intValue() < getLevel().intValue()) {
      return;
    }
    StringBuilder line = new StringBuilder(logged.getLoggerName() + " " + logged.getMessage());
    line.append(Arrays.toString(logged.getParameters()));
    for (Throwable cause = logged.getThrown(); cause != null; cause = cause.getCause()) {
      line.append(" ").append(cause);
    }
    lines.add(line.toString());
  }

  /** What was said. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setLevel(levelBefore);
  }
}
