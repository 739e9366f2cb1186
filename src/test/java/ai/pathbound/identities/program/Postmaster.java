package ai.pathbound.identities.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/** The PostgreSQL server itself, to be restarted and killed. */
final class Postmaster {
  private static final String WHERE =
      "select (select setting from pg_config() where name = 'BINDIR'),"
          + " current_setting('data_directory')";

  private final Path programs;
  private final Path data;

  /** Asks a running server where it is. */
  Postmaster(DataSource owner) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(WHERE)) {
      rows.next();
      programs = Path.of(rows.getString(1));
      data = Path.of(rows.getString(2));
    }
  }

  /**
   * Restarts it in {@code mode}: fast, or immediate as after a crash; or starts what was killed.
   */
  void restart(String mode) {
    List<String> command = new ArrayList<>();
    // PostgreSQL refuses to run as root; it does not mind somebody who is nobody.
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(
        List.of(
            programs.resolve("pg_ctl").toString(),
            "-D",
            data.toString(),
            "-l",
            "/dev/null",
            "-m",
            mode,
            "-w",
            "-t",
            "60",
            "restart"));
    // What is left of a killed server holds its shared memory for a moment.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Signals.run(command.toArray(String[]::new)) == 0);
  }

  /** kill -9. */
  void kill() throws IOException {
    List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
    Signals.send("KILL", Long.parseLong(lines.get(0).strip()));
  }
}
