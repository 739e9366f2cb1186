package ai.pathbound.identities.login.api;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.DatabaseTime;
import ai.pathbound.identities.OperatorProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** While nobody claims: logins are accepted, wait, and give up in the end. */
@QuarkusTest
@TestProfile(OperatorProfile.class)
class PausedTest {
  @Inject Pool database;

  private final Client client = Client.ofNewTenant();
  private String identity;

  @BeforeEach
  void anIdentity() {
    identity = client.newIdentity();
  }

  @Test
  void aLoginThatNoWorkerTakesFailsAfterFiveMinutes() {
    String session = client.loggingIn(identity, "ada@example.com");
    DatabaseTime.pass(database, Duration.ofMinutes(5));
    assertEquals(
        "linkedin_unavailable", client.ended(identity, session).get("login_result.error_code"));
  }

  @Test
  void aQueuedLoginIsSupersededByANewerOne() {
    String first = client.loggingIn(identity, "ada@example.com");
    String second = client.loggingIn(identity, "ada@example.com");
    assertEquals("superseded", client.ended(identity, first).get("login_result.error_code"));
    client
        .request()
        .get(Client.status(identity, second))
        .then()
        .body("login_result.status", equalTo("queued"));
  }

  @Test
  void aQueuedLoginAsksForNoCode() {
    String session = client.loggingIn(identity, "ada@example.com");
    client
        .code(identity, session, "123456")
        .then()
        .statusCode(409)
        .body("code", equalTo("no_code_expected"));
  }

  @Test
  void aWaitEndsWithItsTime() {
    String session = client.loggingIn(identity, "ada@example.com");
    client
        .request()
        .header("Prefer", "wait=1")
        .get(Client.status(identity, session))
        .then()
        .statusCode(200)
        .header("Preference-Applied", equalTo("wait=1"))
        .body("login_result.status", equalTo("queued"));
  }
}
