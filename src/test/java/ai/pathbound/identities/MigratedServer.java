package ai.pathbound.identities;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * A PostgreSQL with one migrated database, of which each set-up of a test gets a copy (CREATE
 * DATABASE with a template): a server and a migration are started once and not for each class. The
 * server ends with this JVM.
 */
public final class MigratedServer {
  /** The database to migrate before the first copy is made. */
  public static final String TEMPLATE = "migrated";

  private static final String OWNER = "postgres";
  private static final Duration START = Duration.ofMinutes(1);

  private static MigratedServer shared;

  private final EmbeddedPostgres postgres;
  private final AtomicInteger copies = new AtomicInteger();

  /** On a server that has just been started; its template is empty. */
  public MigratedServer(EmbeddedPostgres postgres) throws SQLException {
    this.postgres = postgres;
    execute("create database " + TEMPLATE);
  }

  /** The one of all plain tests that need nothing but the tables. */
  public static synchronized MigratedServer shared() {
    if (shared == null) {
      try {
        shared = migrated();
      } catch (IOException | SQLException e) {
        throw new IllegalStateException(e);
      }
    }
    return shared;
  }

  private static MigratedServer migrated() throws IOException, SQLException {
    MigratedServer server =
        new MigratedServer(
            builder()
                .setServerConfig("fsync", "off")
                // Plans and the pages they read are compared: a test says what is analysed.
                .setServerConfig("autovacuum", "off")
                .start());
    Flyway.configure()
        .dataSource(server.owner(TEMPLATE))
        .placeholders(Map.of("service_role", "", "pruning_role", ""))
        .load()
        .migrate();
    return server;
  }

  /** A server to be started, which may take its time, on a port that no client here is given. */
  public static EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder().setPGStartupWait(START).setPort(FreePort.any());
  }

  /** The port that it listens on, at {@code localhost}. */
  public int port() {
    return postgres.getPort();
  }

  /** A database of it, as its owner sees it. */
  public DataSource owner(String database) {
    return postgres.getDatabase(OWNER, database);
  }

  /** A new copy of the template; its name. */
  public String copy() throws SQLException {
    String name = "copy_" + copies.incrementAndGet();
    execute("create database " + name + " template " + TEMPLATE);
    return name;
  }

  /** Ends the connections of a copy, and drops it. */
  public void drop(String copy) throws SQLException {
    execute("drop database " + copy + " with (force)");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
