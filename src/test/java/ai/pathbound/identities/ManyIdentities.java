package ai.pathbound.identities;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;

/** Tenants of many identities, made by one statement each, and who reads them. */
public final class ManyIdentities {
  private static final String INSERT =
      """
      insert into identity (tenant_id, id, first_name, last_name, role, created_at, updated_at)
      select ?, cast('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0') as uuid),
        'Ada ' || n, 'Lovelace', 'CTO', now(), now()
      from generate_series(1, ?) n
      """;
  // Every third of them was connected once.
  private static final String PROFILES =
      """
      insert into linkedin_profile (tenant_id, identity_id, profile_id, country)
      select tenant_id, id, id, 'US' from identity
      where tenant_id = ? and cast(split_part(first_name, ' ', 2) as int) % 3 = 0
      """;
  private static final String FORGET = "delete from identity where tenant_id = ?";
  private static final String LISTING =
      " from pg_stat_activity where datname = current_database()"
          + " and application_name not like 'PostgreSQL JDBC%'"
          + " and (query like '%from identity i%' or query = 'select 1')";
  private static final String READING = LISTING + " and state = 'idle in transaction'";

  /** How many lists are under way, also those that just read or keep their connection awake. */
  public static final String LISTS = "select count(*)" + LISTING + " and state <> 'idle'";

  /** How many lists are under way and wait for their clients. */
  public static final String READERS = "select count(*)" + READING;

  /** Ends what they read from; how many those were. */
  public static final String END_READERS = "select count(pg_terminate_backend(pid))" + READING;

  private ManyIdentities() {}

  /** Gives a tenant that many, numbered in the order of their ids. */
  public static void make(DataSource owner, String tenant, int number) throws SQLException {
    try (Connection connection = owner.getConnection();
        PreparedStatement identities = connection.prepareStatement(INSERT);
        PreparedStatement profiles = connection.prepareStatement(PROFILES);
        Statement statistics = connection.createStatement()) {
      identities.setString(1, tenant);
      identities.setInt(2, number);
      identities.executeUpdate();
      profiles.setString(1, tenant);
      profiles.executeUpdate();
      // As autovacuum does it a minute later.
      statistics.execute("analyze identity, linkedin_profile");
    }
  }

  /** Takes them away again: other tests of the same program look at all rows there are. */
  public static void forget(DataSource owner, String tenant) throws SQLException {
    try (Connection connection = owner.getConnection();
        PreparedStatement identities = connection.prepareStatement(FORGET)) {
      identities.setString(1, tenant);
      identities.executeUpdate();
    }
  }

  /** How many lists are under way for so long and wait for their clients. */
  public static String readersFor(Duration time) {
    return READERS
        + " and clock_timestamp() - xact_start > interval '"
        + time.toMillis()
        + " milliseconds'";
  }

  /** The id of the one with that number; the first has 1. */
  public static UUID id(int number) {
    return UUID.fromString(String.format("01900000-0000-7000-8000-%012x", number));
  }

  /** The number that a query answers. */
  public static int count(DataSource owner, String query) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
