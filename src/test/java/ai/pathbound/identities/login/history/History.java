package ai.pathbound.identities.login.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.login.session.LoginStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/** The history of every write to {@code login_session}, kept by the database itself. */
public final class History {
  private static final String KEEP =
      """
      create table login_history (
        seq bigint generated always as identity,
        at timestamptz not null default clock_timestamp(),
        write text not null, tenant_id text, id uuid, epoch bigint, worker text,
        lease_until timestamptz, due_at timestamptz, status text, credentials_sent_at timestamptz,
        password boolean, codes_used integer, failure text, version bigint
      );
      create function keep_history() returns trigger language plpgsql security definer as $$
      declare
        r login_session := case when tg_op = 'DELETE' then old else new end;
      begin
        insert into login_history
          (write, tenant_id, id, epoch, worker, lease_until, due_at, status, credentials_sent_at,
           password, codes_used, failure, version)
        values (tg_op, r.tenant_id, r.id, r.epoch, r.worker, r.lease_until, r.due_at, r.status,
          r.credentials_sent_at, r.password_sealed is not null, r.codes_used, r.failure, r.version);
        return null;
      end $$;
      create trigger keep_history after insert or update or delete on login_session
        for each row execute function keep_history();
      """;
  private static final String READ = "select * from login_history order by seq";

  private static final String UNDER_WAY =
      "select count(*) from login_session where finished_at is null";

  private final DataSource owner;

  /** Begins to keep it. */
  public History(DataSource owner) {
    this.owner = owner;
    execute(KEEP);
  }

  /** Runs a statement as the owner. */
  public void execute(String sql) {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The number that a query answers. */
  public long count(String sql) {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What time it is in the database. */
  public Instant now() {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select clock_timestamp() as at")) {
      rows.next();
      return instant(rows, "at").orElseThrow();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How a login stands: its status, or why it failed. */
  public String standing(UUID session) {
    try (Connection connection = owner.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select coalesce(failure, status) from login_session where id = ?")) {
      statement.setObject(1, session);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for the end of every login that is under way. */
  public void awaitEnds() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .ignoreExceptions()
        .untilAsserted(() -> assertEquals(0, count(UNDER_WAY)));
  }

  /** Everything that was written so far. */
  public List<Change> changes() {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(READ)) {
      List<Change> changes = new ArrayList<>();
      while (rows.next()) {
        changes.add(
            new Change(
                instant(rows, "at").orElseThrow(),
                rows.getObject("id", UUID.class).toString(),
                Change.Write.valueOf(rows.getString("write")),
                rows.getLong("epoch"),
                Optional.ofNullable(rows.getString("worker")),
                instant(rows, "lease_until"),
                instant(rows, "due_at"),
                LoginStatus.valueOf(rows.getString("status").toUpperCase(Locale.ROOT)),
                instant(rows, "credentials_sent_at"),
                rows.getBoolean("password"),
                rows.getInt("codes_used"),
                Optional.ofNullable(rows.getString("failure"))));
      }
      return changes;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is wrong with it, where these logins were accepted; see {@link HistoryCheck}. */
  public List<String> complaints(
      Collection<UUID> accepted, Optional<HistoryCheck.TakeOver> takeOver) {
    return HistoryCheck.complaints(
        changes(), accepted.stream().map(UUID::toString).toList(), takeOver);
  }

  private static Optional<Instant> instant(ResultSet rows, String column) throws SQLException {
    return Optional.ofNullable(rows.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
