package ai.pathbound.identities.devmode;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL that lives as long as this JVM. A live reload loads this class anew but not the
 * server: its port is kept where every class loader sees it.
 */
final class EmbeddedDatabase {
  /** The superuser of a fresh cluster; it needs no password from this machine. */
  static final String USER = "postgres";

  private static final Duration START_LIMIT = Duration.ofMinutes(1);
  private static final Duration LAST_STATEMENTS_LIMIT = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private static final String OTHER_CLIENTS =
      "select exists (select 1 from pg_stat_activity"
          + " where backend_type = 'client backend' and pid <> pg_backend_pid())";

  private EmbeddedDatabase() {}

  /** The reactive client's URL of the server for {@code profile}, which is started if need be. */
  static String url(String profile) {
    String port =
        JvmWideValues.value("devmode.postgres." + profile, () -> String.valueOf(start().getPort()));
    return "postgresql://localhost:" + port + "/postgres";
  }

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres server =
          EmbeddedPostgres.builder()
              .setPGStartupWait(START_LIMIT)
              .setServerConfig("max_connections", "200")
              .setServerConfig("fsync", "off")
              // Its own hook stops the server while the program still writes.
              .setRegisterShutdownHook(false)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "embedded PostgreSQL"));
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The embedded PostgreSQL does not start; set quarkus.datasource.reactive.url to use another",
          e);
    }
  }

  /**
   * Stops the server and removes its data, once the program is done with it: the JVM stops both at
   * the same time, and the program's last statements give its logins back.
   */
  private static void stop(EmbeddedPostgres server) {
    try (server) {
      awaitLastClient(server);
    } catch (SQLException | IOException e) {
      // The JVM ends all the same, and so does whoever is still connected.
    }
  }

  private static void awaitLastClient(EmbeddedPostgres server) throws SQLException {
    long begun = System.nanoTime();
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      while (hasOtherClients(statement)
          && System.nanoTime() - begun < LAST_STATEMENTS_LIMIT.toNanos()) {
        LockSupport.parkNanos(LOOK_EVERY.toNanos());
      }
    }
  }

  private static boolean hasOtherClients(Statement statement) throws SQLException {
    try (ResultSet found = statement.executeQuery(OTHER_CLIENTS)) {
      return found.next() && found.getBoolean(1);
    }
  }
}
