package ai.pathbound.identities.login.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.ConnectedOperatorProfile;
import ai.pathbound.identities.webhook.EventType;
import ai.pathbound.identities.webhook.Receiver;
import ai.pathbound.identities.webhook.WebhookClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stored sessions that are looked at every second. */
@QuarkusTest
@TestProfile(ConnectedOperatorProfile.class)
class StoredSessionHealthTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Inject MeterRegistry metrics;

  private final WebhookClient webhooks = WebhookClient.ofNewTenant();
  private final Receiver receiver = new Receiver();

  @AfterEach
  void close() {
    receiver.close();
  }

  private double looks(String outcome) {
    return metrics.counter("identities.linkedin.health.looks", "outcome", outcome).count();
  }

  private JsonPath linkedIn(String identity) {
    return webhooks.client().identity(identity);
  }

  private boolean reconnectRequired(String identity) {
    return linkedIn(identity).getBoolean("identity.linkedin.reconnect_required");
  }

  private List<String> audit(String identity) {
    return webhooks
        .client()
        .request()
        .queryParam("identity_id", identity)
        .get("/v1/audit")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getList("events.action");
  }

  @Test
  void aSessionThatLinkedInEndedIsErasedAfterTwoLooksAndToldOfOnce() {
    webhooks.endpoint(receiver.url("/"), "linkedin.session.expired");
    String identity = webhooks.client().newIdentity();
    double doubted = looks("doubted");
    webhooks.client().connect(identity, "ada+expired@example.com");
    String before = linkedIn(identity).getString("identity.linkedin.checked_at");
    Awaitility.await().atMost(PATIENCE).until(() -> reconnectRequired(identity));
    JsonPath after = linkedIn(identity);
    assertFalse(after.getBoolean("identity.linkedin.connected"));
    assertNull(after.getString("identity.linkedin.connected_at"));
    assertTrue(after.getString("identity.linkedin.checked_at").compareTo(before) > 0);
    assertTrue(looks("doubted") > doubted, "one look was enough");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> !receiver.received(EventType.SESSION_EXPIRED).isEmpty());
    JsonPath told = receiver.received(EventType.SESSION_EXPIRED).get(0).json();
    assertEquals(identity, told.getString("data.identity_id"));
    assertEquals(
        after.getString("identity.linkedin.profile_id"), told.getString("data.profile_id"));
    assertEquals("expired", told.getString("data.status"));
    assertNull(told.getString("data.session_id"));
    assertEquals(1, audit(identity).stream().filter("session_expired"::equals).count());
    webhooks
        .client()
        .login(identity, Map.of())
        .then()
        .statusCode(400)
        .body("code", org.hamcrest.Matchers.equalTo("credentials_required"));

    webhooks.client().connect(identity, "ada@example.com");
    JsonPath again = linkedIn(identity);
    assertFalse(again.getBoolean("identity.linkedin.reconnect_required"));
    assertTrue(again.getBoolean("identity.linkedin.connected"));
    assertEquals(1, receiver.received(EventType.SESSION_EXPIRED).size());
  }

  @Test
  void linkedInOutOfReachEndsNoSession() {
    String identity = webhooks.client().newIdentity();
    webhooks.client().connect(identity, "ada+flaky@example.com");
    double before = looks("out_of_reach");
    Awaitility.await().atMost(PATIENCE).until(() -> looks("out_of_reach") >= before + 3);
    assertTrue(linkedIn(identity).getBoolean("identity.linkedin.connected"));
    assertFalse(reconnectRequired(identity));
    webhooks
        .client()
        .check(identity)
        .then()
        .statusCode(502)
        .body("code", org.hamcrest.Matchers.equalTo("linkedin_unavailable"));
  }

  @Test
  void aSessionThatIsHonouredIsLookedAtAgainAndAgain() {
    String identity = webhooks.client().newIdentity();
    webhooks.client().connect(identity, "ada@example.com");
    String first = linkedIn(identity).getString("identity.linkedin.checked_at");
    assertNotNull(first);
    for (int i = 0; i < 2; i++) {
      String last = linkedIn(identity).getString("identity.linkedin.checked_at");
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () ->
                  linkedIn(identity).getString("identity.linkedin.checked_at").compareTo(last) > 0);
    }
    assertTrue(linkedIn(identity).getBoolean("identity.linkedin.connected"));
  }

  @Test
  void aLoginWithTheStoredSessionIsNotInTheWayOfLooksNorTheyInItsWay() {
    String identity = webhooks.client().newIdentity();
    webhooks.client().connect(identity, "ada@example.com");
    for (int i = 0; i < 10; i++) {
      String session =
          webhooks
              .client()
              .login(identity, Map.of())
              .then()
              .statusCode(200)
              .extract()
              .path("login_result.session_id");
      assertEquals(
          "completed", webhooks.client().ended(identity, session).getString("login_result.status"));
    }
  }
}
