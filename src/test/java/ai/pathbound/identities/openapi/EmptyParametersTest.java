package ai.pathbound.identities.openapi;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.openapi.ApiDocument.ApiCall;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An empty parameter of a query is malformed, and not an absent one. */
@QuarkusTest
class EmptyParametersTest {
  private static final String SESSION = "sess_01jv3ve1twetnar2zsd0c36jyb";

  private final Client client = Client.ofNewTenant();

  @Test
  void everyCallRefusesEveryOneOfItsParametersWhereItIsEmpty() {
    String identity = client.newIdentity();
    List<ApiCall> calls =
        ApiDocument.calls().stream().filter(call -> !call.queries().isEmpty()).toList();
    assertTrue(calls.size() >= 6, calls.toString());
    for (ApiCall call : calls) {
      for (String name : call.queries()) {
        client
            .withScope(call.scope())
            .request()
            .urlEncodingEnabled(false)
            .request(call.method(), call.at(identity, SESSION) + "?" + name + "=")
            .then()
            .statusCode(400)
            .body("code", equalTo("invalid_request"))
            .body(
                "details", equalTo(List.of(Map.of("field", name, "message", "must not be empty"))));
      }
    }
  }

  @Test
  void whatACallDoesNotKnowIsIgnoredWhereItIsEmptyToo() {
    list(client, "?x=&y").statusCode(200);
    list(client, "?x=&after").statusCode(400);
    list(client, "?after=&after=" + client.newIdentity()).statusCode(400);
  }

  @Test
  void whoMayNotCallIsToldSoFirst() {
    list(client.withScope("identities:write"), "?limit=").statusCode(403);
  }

  private static ValidatableResponse list(Client who, String query) {
    return who.request().urlEncodingEnabled(false).get(Client.IDENTITIES + query).then();
  }
}
