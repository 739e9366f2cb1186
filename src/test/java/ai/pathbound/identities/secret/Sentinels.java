package ai.pathbound.identities.secret;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Secrets that are known wherever they come to light, and the search for them. */
public final class Sentinels {
  /** The beginning of a username. */
  public static final String USERNAME = "sentineluser7391";

  /** A password. */
  public static final String PASSWORD = "S3ntinelPassw0rd";

  /** A code, which is wrong. */
  public static final String CODE = "SENT9137";

  /** In clear, and as somebody would find them in Base64 at each of the three offsets or in hex. */
  private static final List<String> ALL =
      Stream.of(USERNAME, PASSWORD, CODE).flatMap(Sentinels::spellings).toList();

  private final TreeSet<String> found = new TreeSet<>();
  private final List<String> sought = new CopyOnWriteArrayList<>(ALL);

  private static Stream<String> spellings(String text) {
    List<String> all = new ArrayList<>(List.of(text));
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted = ("x".repeat(offset) + text).getBytes(StandardCharsets.UTF_8);
      String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      // The characters at the seams depend on what stands beside.
      all.add(base64.substring(offset == 0 ? 0 : offset + 1, base64.length() - 2));
    }
    all.add(HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
    return all.stream();
  }

  /** One more, which somebody else made up. */
  public void remember(String secret) {
    spellings(secret).forEach(sought::add);
  }

  /** Looks for them in a text. */
  public void look(String where, String text) {
    for (String sentinel : sought) {
      if (text.contains(sentinel)) {
        found.add(where + ": " + sentinel);
      }
    }
  }

  /** Looks for them in a line of a log. */
  public void lookAtLog(String line) {
    look("the log: " + line.substring(0, Math.min(200, line.length())), line);
  }

  /** Looks for them in every row of every table, as a dump would hold it; how many rows. */
  public int lookAtAllTables(DataSource database) {
    int rows = 0;
    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet names =
          sql.executeQuery("select tablename from pg_tables where schemaname = current_schema()")) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      if (tables.size() < 7) {
        throw new IllegalStateException("where are the tables? " + tables);
      }
      for (String table : tables) {
        try (ResultSet all = sql.executeQuery("select t::text from " + table + " t")) {
          while (all.next()) {
            rows++;
            look("table " + table, all.getString(1));
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return rows;
  }

  /** Where they were found. */
  public List<String> found() {
    return List.copyOf(found);
  }
}
