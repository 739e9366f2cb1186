package ai.pathbound.identities.login.api;

import static ai.pathbound.identities.Client.IDENTITIES;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.Client;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disconnect that also signs out at LinkedIn, and one that does not. */
@QuarkusTest
class SignOutTest {
  private final Client client = Client.ofNewTenant();
  private String identity;

  @BeforeEach
  void anIdentity() {
    identity = client.newIdentity();
  }

  private Response disconnect(String query) {
    return client.request().delete(IDENTITIES + "/" + identity + "/linkedin" + query);
  }

  /** What was done about the session, and what came of it. */
  private List<String> told() {
    List<Map<String, String>> events =
        client
            .request()
            .queryParam("identity_id", identity)
            .get("/v1/audit")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath()
            .getList("events");
    return events.stream()
        .map(event -> event.get("actor") + " " + event.get("action") + " " + event.get("outcome"))
        .filter(event -> event.contains("signed_out") || event.contains("disconnected"))
        .toList();
  }

  @Test
  void aSessionIsSignedOutAndThenErased() {
    client.connect(identity, "ada@example.com");
    disconnect("?sign_out=true")
        .then()
        .statusCode(200)
        .body("status", equalTo("success"))
        .body("identity_id", equalTo(identity));
    assertEquals(List.of("tester signed_out success", "tester disconnected success"), told());
    client.check(identity).then().statusCode(200).body("connected", equalTo(false));
    client.login(identity, Map.of()).then().statusCode(400);
  }

  @Test
  void aLoginUnderWayIsCancelledBeforeItsSessionIsSignedOut() {
    client.connect(identity, "ada@example.com");
    String waiting = client.loggingIn(identity, "ada+2fa@example.com");
    client.settled(identity, waiting);
    disconnect("?sign_out=true").then().statusCode(200);
    assertEquals("cancelled", client.ended(identity, waiting).getString("login_result.error_code"));
    assertEquals(List.of("tester signed_out success", "tester disconnected success"), told());
  }

  @Test
  void whereThereIsNoSessionNothingIsSignedOut() {
    disconnect("?sign_out=true").then().statusCode(200);
    assertEquals(List.of("tester disconnected success"), told());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?sign_out=false"})
  void aSessionIsNotSignedOutUnlessThatIsAskedFor(String query) {
    client.connect(identity, "ada@example.com");
    disconnect(query).then().statusCode(200);
    assertEquals(List.of("tester disconnected success"), told());
  }

  @ParameterizedTest
  @ValueSource(strings = {"?sign_out=yes", "?sign_out=1", "?sign_out=TRUE"})
  void whatIsNeitherTrueNorFalseIsRefusedAndChangesNothing(String query) {
    client.connect(identity, "ada@example.com");
    disconnect(query)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"))
        .body("details[0].field", equalTo("sign_out"));
    client.check(identity).then().statusCode(200).body("connected", equalTo(true));
  }

  @Test
  void anotherTenantsIdentityIsNotFound() {
    client.connect(identity, "ada@example.com");
    Client.ofNewTenant()
        .request()
        .delete(IDENTITIES + "/" + identity + "/linkedin?sign_out=true")
        .then()
        .statusCode(404);
    client.check(identity).then().statusCode(200).body("connected", equalTo(true));
  }
}
