package ai.pathbound.identities.login.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.id.IdentityId;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A key that was removed too early ends the logins that it sealed, and no other. */
@QuarkusTest
class UnreadableSecretTest {
  private static final String SPOIL =
      "update linkedin_profile set session_sealed = session_sealed || 'x'"
          + " where tenant_id = $1 and identity_id = $2";

  @Inject Pool pool;

  private final Client client = Client.ofNewTenant();

  @Test
  void aLoginWhoseSecretDoesNotOpenIsEndedAndTheOthersGoOn() {
    String spoilt = client.newIdentity();
    client.connect(spoilt, "ada@example.com");
    pool.preparedQuery(SPOIL)
        .execute(Tuple.of(client.tenant(), IdentityId.parse(spoilt).orElseThrow().uuid()))
        .await()
        .indefinitely();
    String session =
        client
            .login(spoilt, Map.of())
            .then()
            .statusCode(200)
            .extract()
            .path("login_result.session_id");
    assertEquals("interrupted", client.ended(spoilt, session).getString("login_result.error_code"));
    client.connect(client.newIdentity(), "eve@example.com");
    client.connect(spoilt, "ada@example.com");
  }
}
