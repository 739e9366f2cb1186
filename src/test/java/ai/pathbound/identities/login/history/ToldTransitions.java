package ai.pathbound.identities.login.history;

import ai.pathbound.identities.id.SessionId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Whether of every transition that tenants are told of there is one message, and none of anything
 * that was not: read from the {@link History} and the outbox, without the program.
 */
public final class ToldTransitions {
  // Nobody opens its secret: what matters is that its tenant listens.
  private static final String LISTEN =
      """
      insert into webhook_endpoint (tenant_id, id, url, secret_sealed, created_at, updated_at)
      values (?, gen_random_uuid(), 'https://hooks.invalid/', 'eyJraWQiOiJ0ZXN0In0.a.a.a.a', now(), now())
      """;
  private static final String HAPPENED =
      """
      select id, version, status from (
        select h.*, lag(status) over (partition by id order by seq) as before
        from login_history h where write <> 'DELETE'
      ) change
      where status in ('awaiting_2fa', 'awaiting_email', 'completed', 'failed')
        and status <> before
      """;
  private static final String TOLD =
      """
      select body::jsonb -> 'data' ->> 'session_id' as session,
        (body::jsonb -> 'data' ->> 'sequence')::bigint as version,
        body::jsonb -> 'data' ->> 'status' as status
      from webhook_message where type like 'linkedin.login.%'
      """;

  private final DataSource owner;

  /** Has every one of {@code tenants} listen from now on. */
  public ToldTransitions(DataSource owner, List<String> tenants) throws SQLException {
    this.owner = owner;
    try (Connection connection = owner.getConnection();
        PreparedStatement statement = connection.prepareStatement(LISTEN)) {
      for (String tenant : tenants) {
        statement.setString(1, tenant);
        statement.execute();
      }
    }
  }

  /** That a login has that status at that version. */
  record Transition(UUID session, long version, String status) {}

  /** What is wrong; empty where nothing is. */
  public List<String> complaints() throws SQLException {
    List<Transition> happened = new ArrayList<>();
    List<Transition> told = new ArrayList<>();
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(HAPPENED)) {
        while (rows.next()) {
          happened.add(transition(rows.getObject("id", UUID.class), rows));
        }
      }
      try (ResultSet rows = statement.executeQuery(TOLD)) {
        while (rows.next()) {
          told.add(
              transition(SessionId.parse(rows.getString("session")).orElseThrow().uuid(), rows));
        }
      }
    }
    return complaints(happened, told);
  }

  private static Transition transition(UUID session, ResultSet rows) throws SQLException {
    return new Transition(session, rows.getLong("version"), rows.getString("status"));
  }

  static List<String> complaints(List<Transition> happened, List<Transition> told) {
    List<String> complaints = new ArrayList<>();
    for (Transition transition : happened) {
      int messages = Collections.frequency(told, transition);
      if (messages != 1) {
        complaints.add(transition + " is told " + messages + " times");
      }
    }
    // A challenge that becomes another one is told too, and is no transition.
    told.stream()
        .filter(message -> !message.status().startsWith("awaiting"))
        .filter(message -> !happened.contains(message))
        .forEach(message -> complaints.add(message + " is told and did not happen"));
    return complaints;
  }
}
