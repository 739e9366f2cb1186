package ai.pathbound.identities.audit;

import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.connect.ConnectClient;
import ai.pathbound.identities.webhook.WebhookClient;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each database role may do with the audit trail, after the grants that production runs. */
@QuarkusTest
class AuditRightsTest {
  private static final String NOT_ALLOWED = "42501";
  private static final String INSERT =
      "insert into audit_event (tenant_id, id, at, actor, action, identity_id, outcome) values"
          + " ('rights', gen_random_uuid(), now() - interval '2 years', 'a', 'disconnected',"
          + " gen_random_uuid(), 'success')";

  @Inject DataSource database;
  private Connection connection;
  private Statement sql;

  @BeforeEach
  void theRolesAreGranted() throws SQLException, IOException {
    connection = database.getConnection();
    sql = connection.createStatement();
    for (String role : new String[] {"audit_service", "audit_pruner"}) {
      sql.execute(
          "do $$ begin if not exists (select 1 from pg_roles where rolname = '"
              + role
              + "') then create role "
              + role
              + "; end if; end $$");
    }
    sql.execute(
        Files.readString(Path.of("src/main/resources/db/migration/afterMigrate.sql"))
            .replace("${service_role}", "audit_service")
            .replace("${pruning_role}", "audit_pruner"));
  }

  @AfterEach
  void close() throws SQLException {
    sql.execute("reset role");
    connection.close();
  }

  private void isNotAllowed(String statement) {
    assertEquals(
        NOT_ALLOWED,
        assertThrows(SQLException.class, () -> sql.execute(statement)).getSQLState(),
        statement);
  }

  private long count(String query) throws SQLException {
    try (ResultSet rows = sql.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void theServiceWritesAndReadsTheTrail() throws SQLException {
    sql.execute("set role audit_service");
    sql.execute(INSERT);
    assertTrue(count("select count(*) from audit_event where tenant_id = 'rights'") > 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_event set outcome = 'x'",
        "delete from audit_event",
        "truncate audit_event",
        "select prune_audit_trail(interval '1 day')",
        "select erase_tenant('rights')",
        "select erase_tenant_without_webhooks('rights')",
        "select erase_tenant_without_connect_settings('rights')",
        "drop table audit_event",
        "create table own (x int)",
        "alter table audit_event disable trigger all"
      })
  void theServiceChangesNothingOfItAndNoSchema(String statement) throws SQLException {
    sql.execute("set role audit_service");
    isNotAllowed(statement);
  }

  @Test
  void thePrunerDeletesWhatIsOldAndDoesNothingElse() throws SQLException {
    sql.execute(INSERT);
    long young = count("select count(*) from audit_event where at > now() - interval '1 year'");
    sql.execute("set role audit_pruner");
    assertTrue(count("select prune_audit_trail(interval '1 year')") > 0);
    assertThrows(SQLException.class, () -> sql.execute("select prune_audit_trail('0 days')"));
    isNotAllowed("update audit_event set outcome = 'x'");
    isNotAllowed("select actor from audit_event");
    isNotAllowed("select first_name from identity");
    isNotAllowed("select erase_tenant('rights')");
    sql.execute("reset role");
    assertEquals(0, count("select count(*) from audit_event where at < now() - interval '1 year'"));
    assertTrue(
        count("select count(*) from audit_event where at > now() - interval '1 year'") >= young);
  }

  @Test
  void theOwnerErasesATenantWithOneCall() throws SQLException {
    Client going = Client.ofNewTenant();
    Client staying = Client.ofNewTenant();
    String kept = staying.newIdentity();
    going.connect(going.newIdentity(), "ada@example.com");
    WebhookClient webhooks = new WebhookClient(going.withScope(Tokens.ALL));
    String endpoint = webhooks.endpoint("https://hooks.invalid/").id();
    webhooks.test(endpoint);
    // An attempt that is being written down may wait for the erasing, and the erasing for it.
    Awaitility.await()
        .until(
            () -> webhooks.deliveries(endpoint).getString("deliveries[0].attempts[0].at") != null);
    String identity = going.newIdentity();
    going.settled(identity, going.loggingIn(identity, "ada+2fa@example.com"));
    ConnectClient connect = new ConnectClient(going);
    connect.settings();
    connect.link(identity);

    sql.execute("select erase_tenant('" + going.tenant() + "')");

    for (String table :
        new String[] {
          "identity",
          "linkedin_profile",
          "login_session",
          "idempotency_key",
          "webhook_endpoint",
          "webhook_message",
          "webhook_delivery",
          "connect_settings",
          "connect_link",
          "connect_consent",
          "audit_event"
        }) {
      assertEquals(
          0,
          count("select count(*) from " + table + " where tenant_id = '" + going.tenant() + "'"),
          table);
    }
    going.request().get(Client.IDENTITIES).then().body("identities", hasSize(0));
    staying.identity(kept);
    staying.request().get("/v1/audit").then().body("events", hasSize(1));
  }
}
