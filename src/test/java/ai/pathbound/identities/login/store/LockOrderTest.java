package ai.pathbound.identities.login.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.id.IdentityId;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What happens to one identity at the same time. */
@QuarkusTest
class LockOrderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WAITING =
      "select 1 from pg_stat_activity where wait_event_type = 'Lock'"
          + " and query like 'insert into linkedin_profile%'";

  private final Client client = Client.ofNewTenant();

  @Inject Pool pool;

  @Test
  void aLoginOfAnIdentityThatIsBeingDeletedFindsNothing() throws Exception {
    String identity = client.newIdentity();
    SqlConnection deleting = pool.getConnectionAndAwait();
    try {
      Transaction transaction = deleting.beginAndAwait();
      deleting
          .preparedQuery("delete from identity where id = $1")
          .executeAndAwait(Tuple.of(IdentityId.parse(identity).orElseThrow().uuid()));
      CompletableFuture<Response> login =
          CompletableFuture.supplyAsync(
              () ->
                  client
                      .json(Map.of("username", "ada@example.com", "password", "p"))
                      .post(Client.IDENTITIES + "/" + identity + "/linkedin/login"));
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> pool.query(WAITING).executeAndAwait().size() > 0);
      transaction.commitAndAwait();
      assertEquals(404, login.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).statusCode());
    } finally {
      deleting.closeAndAwait();
    }
  }
}
