package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.DatabaseTime;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.webhook.WebhookClient;
import io.restassured.RestAssured;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two copies of the packaged program look at stored sessions, and one of them is killed. */
@Tag("faults")
class HealthIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final int EACH = 8;
  private static final Map<String, String> OFTEN =
      Map.of(
          "IDENTITIES_LINKEDIN_HEALTH_INTERVAL", "1s",
          "IDENTITIES_LINKEDIN_HEALTH_CONFIRM_AFTER", "1s");

  private final WebhookClient client =
      new WebhookClient(Client.ofNewTenant().withScope(Tokens.ALL));

  @AfterEach
  void restore() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
  }

  private List<String> connected(String username) {
    List<String> identities = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      String identity = client.client().newIdentity();
      client.client().connect(identity, username);
      identities.add(identity);
    }
    return identities;
  }

  private boolean reconnectRequired(String identity) {
    return client.client().identity(identity).getBoolean("identity.linkedin.reconnect_required");
  }

  private static Set<String> told(ProductionEnvironment surroundings) throws SQLException {
    Set<String> identities = new TreeSet<>();
    try (var connection = surroundings.owner().getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select body::json -> 'data' ->> 'identity_id' from webhook_message"
                    + " where type = 'linkedin.session.expired'")) {
      while (rows.next()) {
        assertTrue(identities.add(rows.getString(1)), "one was told of twice");
      }
    }
    return identities;
  }

  @Test
  void eachSessionThatEndedIsToldOfOnceThoughOneIsKilledAndNoOther() throws Exception {
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(OFTEN);
        Program stays = Program.start("health-stays", surroundings.environment());
        Program killed = Program.start("health-killed", surroundings.environment())) {
      RestAssured.baseURI = stays.url();
      client.endpoint("https://hooks.invalid/", "linkedin.session.expired");
      List<String> flaky = connected("ada+flaky@example.com");
      List<String> well = connected("ada@example.com");
      List<String> expired = connected("ada+expired@example.com");
      killed.signal("KILL");
      killed.process().waitFor();
      // The lease of what it was looking at.
      try (var connection = surroundings.owner().getConnection();
          var statement = connection.createStatement()) {
        statement.execute(DatabaseTime.passes(LEASE));
      }
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> expired.stream().allMatch(this::reconnectRequired));
      assertEquals(new TreeSet<>(expired), told(surroundings));
      assertEquals(
          EACH,
          surroundings.count("select count(*) from audit_event where action = 'session_expired'"));
      for (String identity : well) {
        assertTrue(client.client().identity(identity).getBoolean("identity.linkedin.connected"));
      }
      for (String identity : flaky) {
        assertFalse(reconnectRequired(identity));
      }
      assertFalse(stays.log().contains(" ERROR "), stays.log());
    }
  }
}
