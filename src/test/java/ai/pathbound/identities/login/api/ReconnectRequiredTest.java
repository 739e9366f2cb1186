package ai.pathbound.identities.login.api;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.Client;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an identity's body says of a session that LinkedIn ended. */
@QuarkusTest
class ReconnectRequiredTest {
  private final Client client = Client.ofNewTenant();
  private String identity;

  @BeforeEach
  void anIdentity() {
    identity = client.newIdentity();
  }

  private ValidatableResponse body() {
    return client.request().get(Client.IDENTITIES + "/" + identity).then().statusCode(200);
  }

  private void expire() {
    client.connect(identity, "ada+expired@example.com");
    String session =
        client.login(identity, Map.of()).then().extract().path("login_result.session_id");
    assertEquals(
        "session_expired", client.ended(identity, session).getString("login_result.error_code"));
  }

  @Test
  void aReloginThatFindsTheSessionOverAsksForANewConnection() {
    expire();
    body()
        .body("identity.linkedin.connected", equalTo(false))
        .body("identity.linkedin.connected_at", nullValue())
        .body("identity.linkedin.checked_at", notNullValue())
        .body("identity.linkedin.reconnect_required", equalTo(true));
  }

  @Test
  void aLoginThatFailsLeavesItAndOneThatCompletesEndsIt() {
    expire();
    client.ended(identity, client.loggingIn(identity, "ada+rejected@example.com"));
    body().body("identity.linkedin.reconnect_required", equalTo(true));
    client.connect(identity, "ada@example.com");
    body()
        .body("identity.linkedin.connected", equalTo(true))
        .body("identity.linkedin.reconnect_required", equalTo(false));
  }

  @Test
  void aDisconnectEndsItAndNothingIsKnownAnyMore() {
    expire();
    client
        .request()
        .delete(Client.IDENTITIES + "/" + identity + "/linkedin")
        .then()
        .statusCode(200);
    body()
        .body("identity.linkedin.reconnect_required", equalTo(false))
        .body("identity.linkedin.checked_at", nullValue());
  }

  @Test
  void aCheckThatSaysNoChangesConnectedAlone() {
    client.connect(identity, "ada+expired@example.com");
    String before = body().extract().path("identity.linkedin.checked_at");
    client.check(identity).then().statusCode(200).body("connected", equalTo(false));
    body()
        .body("identity.linkedin.connected", equalTo(false))
        .body("identity.linkedin.connected_at", equalTo(before))
        .body("identity.linkedin.reconnect_required", equalTo(false));
  }

  @Test
  void anUpdateAnswersAsARead() {
    expire();
    client
        .json(Map.of("role", "CEO"))
        .put(Client.IDENTITIES + "/" + identity)
        .then()
        .statusCode(200)
        .body("identity.linkedin.checked_at", notNullValue())
        .body("identity.linkedin.reconnect_required", equalTo(true));
  }
}
