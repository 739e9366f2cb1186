package ai.pathbound.identities.program;

import ai.pathbound.identities.id.MessageId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Messages in the way that the outbox writes them, many at a time, by the database's owner. */
record OutboxRows(DataSource owner) {
  /** So many to each of the tenant's endpoints that are switched on. */
  void write(String tenant, int round, int messages) throws SQLException {
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          with message as (
            insert into webhook_message
            select '%1$s', gen_random_uuid(), 'webhook.test', '{"n":"%2$d-' || n || '"}', now()
            from generate_series(1, %3$d) n
            returning id
          )
          insert into webhook_delivery
            (tenant_id, endpoint_id, message_id, status, due_at, created_at)
          select '%1$s', e.id, message.id, 'pending', now(), now()
          from message, webhook_endpoint e where e.enabled and e.tenant_id = '%1$s'
          """
              .formatted(tenant, round, messages));
    }
  }

  /** The messages that were written to endpoints that are switched on. */
  Set<String> written() throws SQLException {
    Set<String> ids = new HashSet<>();
    try (Connection connection = owner.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select message_id from webhook_delivery d join webhook_endpoint e"
                    + " on e.tenant_id = d.tenant_id and e.id = d.endpoint_id where e.enabled")) {
      while (rows.next()) {
        ids.add(new MessageId(rows.getObject(1, UUID.class)).toString());
      }
    }
    return ids;
  }
}
