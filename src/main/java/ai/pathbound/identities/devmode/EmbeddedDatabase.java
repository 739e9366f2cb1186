package ai.pathbound.identities.devmode;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * A PostgreSQL that lives as long as this JVM. A live reload loads this class anew but not the
 * server: its port is kept where every class loader sees it.
 */
final class EmbeddedDatabase {
  /** The superuser of a fresh cluster; it needs no password from this machine. */
  static final String USER = "postgres";

  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  private EmbeddedDatabase() {}

  /** The reactive client's URL of the server for {@code profile}, which is started if need be. */
  static String url(String profile) {
    String port =
        JvmWideValues.value("devmode.postgres." + profile, () -> String.valueOf(start().getPort()));
    return "postgresql://localhost:" + port + "/postgres";
  }

  private static EmbeddedPostgres start() {
    try {
      // Its own shutdown hook stops the server and removes the data when the JVM ends.
      return EmbeddedPostgres.builder()
          .setPGStartupWait(START_LIMIT)
          .setServerConfig("max_connections", "200")
          .setServerConfig("fsync", "off")
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The embedded PostgreSQL does not start; set quarkus.datasource.reactive.url to use another",
          e);
    }
  }
}
