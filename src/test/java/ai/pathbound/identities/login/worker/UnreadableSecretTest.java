package ai.pathbound.identities.login.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.id.IdentityId;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A secret that does not open ends the login that needs it, and no other. */
@QuarkusTest
class UnreadableSecretTest {
  private static final String SPOIL =
      "update linkedin_profile set session_sealed = session_sealed || 'x',"
          + " member_sealed = member_sealed || 'x' where tenant_id = $1 and identity_id = $2";

  private static final String SPOIL_PASSWORD =
      "update login_session set password_sealed = password_sealed || 'x'"
          + " where tenant_id = $1 and identity_id = $2";

  /** A note that nobody can read, young however far ahead the clock of the tests is. */
  private static final String HOLD =
      """
      insert into abandoned_browser
        (tenant_id, identity_id, session_id, handle_sealed, created_at, due_at)
      values ($1, $2, gen_random_uuid(), 'eyJraWQiOiJnb25lIn0.a.b.c.d',
        now() + interval '100 years', now() + interval '100 years')
      """;

  @Inject Pool pool;

  private final Client client = Client.ofNewTenant();

  private RowSet<Row> execute(String sql, Tuple values) {
    return pool.preparedQuery(sql).execute(values).await().atMost(Duration.ofSeconds(30));
  }

  @Test
  void aLoginWhoseSecretDoesNotOpenIsEndedAndTheOthersGoOn() {
    String spoilt = client.newIdentity();
    client.connect(spoilt, "ada@example.com");
    execute(SPOIL, Tuple.of(client.tenant(), IdentityId.parse(spoilt).orElseThrow().uuid()));
    client
        .check(spoilt)
        .then()
        .statusCode(503)
        .body("code", org.hamcrest.Matchers.equalTo("session_unreadable"));
    String session =
        client
            .login(spoilt, Map.of())
            .then()
            .statusCode(200)
            .extract()
            .path("login_result.session_id");
    assertEquals(
        "linkedin_unavailable", client.ended(spoilt, session).getString("login_result.error_code"));
    client.connect(client.newIdentity(), "eve@example.com");
    client.connect(spoilt, "ada@example.com");
  }

  @Test
  void aLoginWhoseCredentialsDoNotOpenIsNoCrashEither() {
    String identity = client.newIdentity();
    UUID row = IdentityId.parse(identity).orElseThrow().uuid();
    // While there is a young note of a browser, no worker takes the login.
    execute(HOLD, Tuple.of(client.tenant(), row));
    String session = client.loggingIn(identity, "ada@example.com");
    execute(SPOIL_PASSWORD, Tuple.of(client.tenant(), row));
    execute("delete from abandoned_browser where tenant_id = $1", Tuple.of(client.tenant()));
    assertEquals(
        "linkedin_unavailable",
        client.ended(identity, session).getString("login_result.error_code"));
  }

  @Test
  void theNoteOfABrowserThatDoesNotOpenIsDropped() {
    String identity = client.newIdentity();
    execute(HOLD, Tuple.of(client.tenant(), IdentityId.parse(identity).orElseThrow().uuid()));
    execute(
        "update abandoned_browser set due_at = now() where tenant_id = $1",
        Tuple.of(client.tenant()));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                execute(
                        "select 1 from abandoned_browser where tenant_id = $1",
                        Tuple.of(client.tenant()))
                    .size(),
            left -> left == 0);
  }
}
