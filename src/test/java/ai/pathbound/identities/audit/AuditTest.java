package ai.pathbound.identities.audit;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.pathbound.identities.Client;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who did what, as the tenant can read it. */
@QuarkusTest
class AuditTest {
  private static final String AUDIT = "/v1/audit";
  private static final String NEVER_MADE = "id_01jv3ve1twetnar2zsd0c36jyb";

  private final Client client = Client.ofNewTenant();

  private JsonPath trail(String identity) {
    return client
        .request()
        .queryParam("identity_id", identity)
        .get(AUDIT)
        .then()
        .statusCode(200)
        .body("status", equalTo("success"))
        .extract()
        .jsonPath();
  }

  private List<String> told(String identity) {
    List<Map<String, String>> events = trail(identity).getList("events");
    return events.stream()
        .map(event -> event.get("actor") + " " + event.get("action") + " " + event.get("outcome"))
        .toList();
  }

  @Test
  void everyStepOfAnIdentitysLifeIsToldAlsoWhenItIsGone() {
    String identity = client.newIdentity();
    client.json(Map.of("role", "CEO")).put(Client.IDENTITIES + "/" + identity);
    String session = client.loggingIn(identity, "ada+2fa@example.com");
    client.settled(identity, session);
    client.code(identity, session, "123456").then().statusCode(200);
    client.ended(identity, session);
    client
        .request()
        .delete(Client.IDENTITIES + "/" + identity + "/linkedin")
        .then()
        .statusCode(200);
    client.request().delete(Client.IDENTITIES + "/" + identity).then().statusCode(200);

    assertEquals(
        List.of(
            "tester identity_created success",
            "tester identity_updated success",
            "tester login_started success",
            "tester code_given success",
            "system login_ended success",
            "tester disconnected success",
            "tester identity_deleted success"),
        told(identity));
    JsonPath trail = trail(identity);
    assertEquals("127.0.0.1", trail.getString("events[0].client_address"));
    assertEquals("client", trail.getString("events[0].actor_type"));
    assertEquals(null, trail.getString("events[0].session_id"));
    assertEquals(session, trail.getString("events[2].session_id"));
    assertEquals("service", trail.getString("events[4].actor_type"));
    assertEquals(null, trail.getString("events[4].client_address"));
    assertEquals(identity, trail.getString("events[6].identity_id"));
    assertFalse(trail.prettify().contains("example.com"));
    assertFalse(trail.prettify().contains("123456"));
  }

  @Test
  void aLoginThatFailedSaysWhyAndOneThatWasEndedByWhat() {
    String identity = client.newIdentity();
    client.ended(identity, client.loggingIn(identity, "ada+rejected@example.com"));
    String waiting = client.loggingIn(identity, "ada+2fa@example.com");
    client.settled(identity, waiting);
    String newer = client.loggingIn(identity, "ada+2fa@example.com");
    client.settled(identity, newer);
    client
        .request()
        .delete(Client.IDENTITIES + "/" + identity + "/linkedin")
        .then()
        .statusCode(200);
    assertEquals(
        List.of(
            "tester identity_created success",
            "tester login_started success",
            "system login_ended credentials_rejected",
            "tester login_started success",
            "system login_ended superseded",
            "tester login_started success",
            "system login_ended cancelled",
            "tester disconnected success"),
        told(identity));
  }

  @Test
  void whatWasRefusedDidNotHappenAndARetryHappensOnce() {
    for (int i = 0; i < 2; i++) {
      client
          .json(Map.of("firstName", "A", "lastName", "B", "role", "C"))
          .header("Idempotency-Key", "once")
          .post(Client.IDENTITIES)
          .then()
          .statusCode(201);
    }
    client.json(Map.of("firstName", "")).post(Client.IDENTITIES).then().statusCode(400);
    client.request().delete(Client.IDENTITIES + "/" + NEVER_MADE).then().statusCode(404);
    client.request().get(AUDIT).then().body("events", hasSize(1));
  }

  @Test
  void aTrailIsTheTenantsOwn() {
    String identity = client.newIdentity();
    Client.ofNewTenant()
        .request()
        .queryParam("identity_id", identity)
        .get(AUDIT)
        .then()
        .statusCode(200)
        .body("events", hasSize(0));
    assertEquals(List.of(), told(NEVER_MADE));
  }

  @Test
  void itIsReadInPages() {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      all.add(client.newIdentity());
    }
    List<String> read = new ArrayList<>();
    String after = null;
    do {
      var request = client.request().queryParam("limit", 2);
      if (after != null) {
        request.queryParam("after", after);
      }
      JsonPath page = request.get(AUDIT).then().statusCode(200).extract().jsonPath();
      assertEquals(2, page.getInt("pagination.limit"));
      read.addAll(page.getList("events.identity_id"));
      after = page.getString("pagination.next_after");
    } while (after != null);
    assertEquals(all, read);
    client
        .request()
        .get(AUDIT)
        .then()
        .body("pagination.limit", equalTo(100))
        .body("pagination.next_after", nullValue())
        .body("events[0].event_id", notNullValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=1001",
        "limit=x",
        "after=x",
        "identity_id=x",
        "after=id_01jv3ve1twetnar2zsd0c36jyb",
        "identity_id=sess_01jv3ve1twetnar2zsd0c36jyb"
      })
  void aMalformedQuestionIsRefused(String query) {
    client
        .request()
        .get(AUDIT + "?" + query)
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"))
        .body("details[0].field", equalTo(query.substring(0, query.indexOf('='))));
  }

  @Test
  void itNeedsTheScopeToRead() {
    client.withScope("identities:write").request().get(AUDIT).then().statusCode(403);
  }

  @Test
  void whatAnyClientSaysOfItsAddressIsNotBelieved() {
    client
        .json(Map.of("firstName", "A", "lastName", "B", "role", "C"))
        .header("X-Forwarded-For", "198.51.100.1")
        .header("Forwarded", "for=198.51.100.1")
        .post(Client.IDENTITIES)
        .then()
        .statusCode(201);
    client.request().get(AUDIT).then().body("events[0].client_address", equalTo("127.0.0.1"));
  }
}
