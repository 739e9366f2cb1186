package ai.pathbound.identities.webhook;

import static org.hamcrest.Matchers.contains;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.webhook.WebhookClient.Made;
import ai.pathbound.identities.webhook.store.EndpointRemoval;
import ai.pathbound.identities.webhook.store.OldMessages;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages, older secrets and endpoints that somebody began to delete are forgotten in time. */
@QuarkusTest
class OldMessagesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject Pool pool;
  @Inject OldMessages messages;
  @Inject EndpointRemoval removal;
  private final WebhookClient client = WebhookClient.ofNewTenant();

  private int execute(String sql) {
    return pool.preparedQuery(sql)
        .execute(Tuple.of(client.client().tenant()))
        .await()
        .atMost(PATIENCE)
        .rowCount();
  }

  private int count(String table, String condition) {
    return pool.preparedQuery(
            "select count(*) from " + table + " where tenant_id = $1 and " + condition)
        .execute(Tuple.of(client.client().tenant()))
        .await()
        .atMost(PATIENCE)
        .iterator()
        .next()
        .getInteger(0);
  }

  @Test
  void aMessageIsForgottenWithItsDeliveriesOnceItIsOlderThan30Days() {
    Made endpoint = client.endpoint("https://hooks.invalid/");
    client.test(endpoint.id());
    execute(
        "update webhook_message set created_at = created_at - interval '30 days 1 minute'"
            + " where tenant_id = $1");
    String young = client.test(endpoint.id());
    execute(
        "update webhook_message set created_at = created_at - interval '29 days'"
            + " where tenant_id = $1 and created_at > now() - interval '1 day'");
    messages.prune().await().atMost(PATIENCE);
    assertEquals(1, count("webhook_message", "true"));
    assertEquals(1, count("webhook_delivery", "true"));
    client
        .client()
        .request()
        .get(WebhookClient.ENDPOINTS + "/" + endpoint.id() + "/deliveries")
        .then()
        .body("deliveries.message_id", contains(young));
  }

  @Test
  void anOlderSecretIsForgottenWhenItsOverlapIsOver() {
    Made endpoint = client.endpoint("https://hooks.invalid/");
    client.post(endpoint.id(), "rotate", Map.of("overlap_hours", 1));
    messages.prune().await().atMost(PATIENCE);
    assertEquals(1, count("webhook_endpoint", "older_secret_sealed is not null"));
    execute(
        "update webhook_endpoint set older_secret_until = older_secret_until - interval '2 hours'"
            + " where tenant_id = $1");
    messages.prune().await().atMost(PATIENCE);
    assertEquals(0, count("webhook_endpoint", "older_secret_sealed is not null"));
  }

  @Test
  void anEndpointWhoseDeletionNobodyFinishedIsGoneAllTheSame() {
    Made endpoint = client.endpoint("https://hooks.invalid/");
    execute(
        "update webhook_endpoint set enabled = false, disabled_reason = 'deleted',"
            + " deleted_at = now() - interval '1 hour' where tenant_id = $1");
    client.get(endpoint.id()).then().statusCode(404);
    // The program's own sweeper may be first.
    removal.removeForgotten(Duration.ofSeconds(30)).await().atMost(PATIENCE);
    assertEquals(0, count("webhook_endpoint", "true"));
  }
}
