package ai.pathbound.identities.webhook;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.DatabaseTime;
import ai.pathbound.identities.TestClock;
import ai.pathbound.identities.webhook.Receiver.Answer;
import ai.pathbound.identities.webhook.Receiver.Received;
import ai.pathbound.identities.webhook.WebhookClient.Made;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What arrives at an endpoint, and what becomes of what does not. */
@QuarkusTest
class MessagesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Map<String, Object> LONG_AGO = Map.of("since", "2020-01-01T00:00:00Z");

  @Inject Pool pool;

  private final WebhookClient client = WebhookClient.ofNewTenant();
  private final Receiver receiver = new Receiver();

  @AfterEach
  void close() {
    receiver.close();
  }

  private static void until(Callable<Boolean> condition) {
    Awaitility.await().atMost(PATIENCE).until(condition);
  }

  private Received one(EventType type) {
    until(() -> !receiver.received(type).isEmpty());
    assertEquals(1, receiver.received(type).size());
    return receiver.received(type).get(0);
  }

  private List<String> statuses(Made endpoint) {
    return client.deliveries(endpoint.id()).getList("deliveries.status");
  }

  private String delivery(Made endpoint, String field) {
    return client.deliveries(endpoint.id()).getString("deliveries[0]." + field);
  }

  @Test
  void aLoginIsToldFromChallengeToEndWithIdsThatFitAndASequenceThatGrows() {
    Made endpoint = client.endpoint(receiver.url("/hook?x=1"));
    String identity = client.client().newIdentity();
    String session = client.client().loggingIn(identity, "ada+sms@example.com");
    Received awaiting = one(EventType.LOGIN_AWAITING);
    client.client().code(identity, session, "000000");
    until(() -> receiver.received(EventType.LOGIN_AWAITING).size() == 2);
    client.client().code(identity, session, "123456");
    Received completed = one(EventType.LOGIN_COMPLETED);

    assertEquals("/hook?x=1", awaiting.path());
    assertTrue(awaiting.isSignedWith(endpoint.secret()));
    assertTrue(completed.isSignedWith(endpoint.secret()));
    assertEquals("application/json", awaiting.header("Content-Type"));
    JsonPath data = awaiting.json();
    assertEquals(identity, data.getString("data.identity_id"));
    assertEquals(session, data.getString("data.session_id"));
    assertNotNull(data.getString("data.profile_id"));
    assertEquals("awaiting_2fa", data.getString("data.status"));
    assertEquals("sms_code", data.getString("data.challenge.kind"));
    assertNull(data.getString("data.error_code"));
    assertNotNull(Instant.parse(data.getString("timestamp")));
    assertEquals("completed", completed.json().getString("data.status"));
    assertNull(completed.json().getString("data.challenge"));
    long first = data.getLong("data.sequence");
    long second =
        receiver.received(EventType.LOGIN_AWAITING).get(1).json().getLong("data.sequence");
    assertTrue(first < second && second < completed.json().getLong("data.sequence"));
    until(() -> "delivered".equals(delivery(endpoint, "status")));
    JsonPath attempt = client.deliveries(endpoint.id());
    assertEquals(204, attempt.getInt("deliveries[0].attempts[0].response_status"));
    assertNull(attempt.getString("deliveries[0].attempts[0].error"));
    assertNull(attempt.getString("deliveries[0].next_attempt_at"));
  }

  @Test
  void everyWayALoginEndsIsToldAlsoByDeadlinesSweepsAndDeletes() {
    Made endpoint = client.endpoint(receiver.url("/"), "linkedin.login.failed");
    String rejected = client.client().newIdentity();
    client
        .client()
        .ended(rejected, client.client().loggingIn(rejected, "ada+rejected@example.com"));
    String superseded = client.client().newIdentity();
    String first = client.client().loggingIn(superseded, "ada+2fa@example.com");
    client.client().settled(superseded, first);
    String second = client.client().loggingIn(superseded, "ada+2fa@example.com");
    client.client().settled(superseded, second);
    client
        .client()
        .request()
        .delete(Client.IDENTITIES + "/" + superseded + "/linkedin")
        .then()
        .statusCode(200);
    String deleted = client.client().newIdentity();
    String third = client.client().loggingIn(deleted, "ada+2fa@example.com");
    client.client().settled(deleted, third);
    client.client().request().delete(Client.IDENTITIES + "/" + deleted).then().statusCode(200);
    String late = client.client().newIdentity();
    String fourth = client.client().loggingIn(late, "ada+2fa@example.com");
    client.client().settled(late, fourth);
    // A lease that time passes over would have its message sent twice.
    until(() -> statuses(endpoint).equals(Collections.nCopies(4, "delivered")));
    DatabaseTime.pass(pool, Duration.ofMinutes(11));

    until(() -> receiver.received().size() == 5);
    Map<String, String> why = new HashMap<>();
    receiver
        .received()
        .forEach(
            message ->
                why.put(
                    message.json().getString("data.session_id"),
                    message.json().getString("data.error_code")));
    assertEquals("superseded", why.get(first));
    assertEquals("cancelled", why.get(second));
    assertEquals("cancelled", why.get(third));
    assertEquals("verification_timeout", why.get(fourth));
    assertTrue(why.containsValue("credentials_rejected"));
  }

  @Test
  void aSessionThatGoesIsToldOnceAndOnlyWhereThereWasOne() {
    client.endpoint(receiver.url("/"), "linkedin.session.expired", "linkedin.session.disconnected");
    String expiring = client.client().newIdentity();
    client.client().connect(expiring, "ada+expired@example.com");
    String session = client.client().login(expiring, Map.of()).path("login_result.session_id");
    client.client().ended(expiring, session);
    Received expired = one(EventType.SESSION_EXPIRED);
    assertEquals(session, expired.json().getString("data.session_id"));
    assertEquals(expiring, expired.json().getString("data.identity_id"));
    assertNull(expired.json().getString("data.sequence"));
    String path = Client.IDENTITIES + "/" + expiring + "/linkedin";
    // There is no session any more to give up.
    client.client().request().delete(path).then().statusCode(200);
    client.client().connect(expiring, "ada@example.com");
    client.client().request().delete(path).then().statusCode(200);
    client.client().request().delete(path).then().statusCode(200);
    assertEquals(
        expiring, one(EventType.SESSION_DISCONNECTED).json().getString("data.identity_id"));
    assertEquals(2, receiver.received().size());
  }

  @Test
  void anEndpointHearsOnlyWhatItAskedForAndATestWhateverItAskedFor() {
    Made endpoint = client.endpoint(receiver.url("/"), "linkedin.login.failed");
    client.client().connect(client.client().newIdentity(), "ada@example.com");
    String message = client.test(endpoint.id());
    Received test = one(EventType.TEST);
    assertEquals(message, test.id());
    assertEquals(endpoint.id(), test.json().getString("data.endpoint_id"));
    assertEquals(1, receiver.received().size());
    assertEquals(1, client.deliveries(endpoint.id()).getList("deliveries").size());
  }

  @Test
  void duringARotationBothSecretsVerifyAndNeverAThird() {
    Made endpoint = client.endpoint(receiver.url("/"));
    String second = client.post(endpoint.id(), "rotate", Map.of("overlap_hours", 1)).path("secret");
    client.test(endpoint.id());
    Received both = one(EventType.TEST);
    assertTrue(both.isSignedWith(endpoint.secret()) && both.isSignedWith(second));
    assertEquals(2, both.header("webhook-signature").split(" ").length);

    String third = client.post(endpoint.id(), "rotate", Map.of()).path("secret");
    client.test(endpoint.id());
    until(() -> receiver.received().size() == 2);
    Received next = receiver.received().get(1);
    assertTrue(next.isSignedWith(second) && next.isSignedWith(third));
    assertFalse(next.isSignedWith(endpoint.secret()));

    TestClock.advance(Duration.ofHours(25));
    client.test(endpoint.id());
    until(() -> receiver.received().size() == 3);
    assertEquals(1, receiver.received().get(2).header("webhook-signature").split(" ").length);

    String fourth = client.post(endpoint.id(), "rotate", Map.of("overlap_hours", 0)).path("secret");
    client.test(endpoint.id());
    until(() -> receiver.received().size() == 4);
    Received last = receiver.received().get(3);
    assertEquals(1, last.header("webhook-signature").split(" ").length);
    assertTrue(last.isSignedWith(fourth));
    assertFalse(last.isSignedWith(third));
  }

  @Test
  void whatDidNotArriveIsTriedAgainUnderTheSameId() {
    receiver.answer(Answer.status(503));
    Made endpoint = client.endpoint(receiver.url("/"));
    String message = client.test(endpoint.id());
    JsonPath tried =
        Awaitility.await()
            .until(
                () -> client.deliveries(endpoint.id()),
                now -> now.getString("deliveries[0].attempts[0].response_status") != null);
    receiver.answer(Answer.status(200));
    assertEquals("pending", tried.getString("deliveries[0].status"));
    assertEquals("503", tried.getString("deliveries[0].attempts[0].response_status"));
    assertEquals("status_not_2xx", tried.getString("deliveries[0].attempts[0].error"));
    Instant first = Instant.parse(tried.getString("deliveries[0].attempts[0].at"));
    Instant next = Instant.parse(tried.getString("deliveries[0].next_attempt_at"));
    Duration wait = Duration.between(first, next);
    assertTrue(wait.compareTo(Duration.ofSeconds(4)) >= 0, wait::toString);
    assertTrue(wait.compareTo(Duration.ofSeconds(30)) < 0, wait::toString);
    TestClock.advance(Duration.ofMinutes(1));
    until(() -> "delivered".equals(delivery(endpoint, "status")));
    assertEquals(
        Set.of(message),
        receiver.received().stream().map(Received::id).collect(Collectors.toSet()));
    assertEquals(2, receiver.received().size());
  }

  @Test
  void retryAfterIsHonouredAndARedirectIsNotFollowed() {
    receiver.answer(
        new Answer(302, Map.of("Location", receiver.url("/inside"), "Retry-After", "3600"), ""));
    Made endpoint = client.endpoint(receiver.url("/"));
    client.test(endpoint.id());
    until(() -> "302".equals(delivery(endpoint, "attempts[0].response_status")));
    Instant first = Instant.parse(delivery(endpoint, "attempts[0].at"));
    Instant next = Instant.parse(delivery(endpoint, "next_attempt_at"));
    assertTrue(Duration.between(first, next).compareTo(Duration.ofMinutes(59)) > 0);
    assertEquals(List.of("/"), receiver.received().stream().map(Received::path).toList());
  }

  @Test
  void anEndpointThatIsGoneIsSwitchedOffAtOnceAndTheOthersAreTold() {
    try (Receiver other = new Receiver()) {
      Made healthy = client.endpoint(other.url("/"), "webhook.endpoint.disabled");
      receiver.answer(Answer.status(410));
      Made gone = client.endpoint(receiver.url("/"));
      client.test(gone.id());
      until(() -> !other.received().isEmpty());
      JsonPath told = other.received().get(0).json();
      assertEquals("webhook.endpoint.disabled", told.getString("type"));
      assertEquals(gone.id(), told.getString("data.endpoint_id"));
      assertEquals("gone", told.getString("data.error_code"));
      assertTrue(other.received().get(0).isSignedWith(healthy.secret()));
      client
          .get(gone.id())
          .then()
          .body("endpoint.enabled", equalTo(false))
          .body("endpoint.disabled_reason", equalTo("gone"));
      assertEquals("failed", delivery(gone, "status"));
      assertEquals(
          "endpoint_disabled",
          client
              .client()
              .request()
              .get("/v1/audit")
              .jsonPath()
              .getList("events.action", String.class)
              .get(2));
      assertEquals(1, receiver.received().size());
    }
  }

  @Test
  void fiveDaysOfNothingButFailuresSwitchItOff() {
    receiver.answer(Answer.status(500));
    Made endpoint = client.endpoint(receiver.url("/"));
    for (int day = 0; day < 5; day++) {
      String message = client.test(endpoint.id());
      until(() -> receiver.received().stream().map(Received::id).anyMatch(message::equals));
      // It fails since the first answer was written down, and not since it was given.
      until(() -> delivery(endpoint, "attempts[0].at") != null);
      client.get(endpoint.id()).then().body("endpoint.enabled", equalTo(true));
      TestClock.advance(Duration.ofHours(25));
    }
    until(() -> "failing".equals(client.get(endpoint.id()).path("endpoint.disabled_reason")));
    assertEquals("failed", delivery(endpoint, "status"));
  }

  @Test
  void timeInWhichNothingWasSentIsNoneOfTheFiveDays() {
    receiver.answer(Answer.status(500));
    Made endpoint = client.endpoint(receiver.url("/"));
    client.test(endpoint.id());
    until(() -> delivery(endpoint, "attempts[0].at") != null);
    TestClock.advance(Duration.ofDays(20));
    until(() -> delivery(endpoint, "attempts[1].at") != null);
    assertEquals("pending", delivery(endpoint, "status"));
    client.get(endpoint.id()).then().body("endpoint.enabled", equalTo(true));
  }

  @Test
  void oneThatWorksInBetweenIsNotSwitchedOff() {
    receiver.answer(Answer.status(500));
    Made endpoint = client.endpoint(receiver.url("/"));
    client.test(endpoint.id());
    until(() -> delivery(endpoint, "attempts[0].at") != null);
    receiver.answer(Answer.status(200));
    TestClock.advance(Duration.ofDays(3));
    until(() -> "delivered".equals(delivery(endpoint, "status")));
    receiver.answer(Answer.status(500));
    TestClock.advance(Duration.ofDays(3));
    client.test(endpoint.id());
    until(() -> delivery(endpoint, "attempts[0].at") != null);
    assertEquals("pending", delivery(endpoint, "status"));
    client.get(endpoint.id()).then().body("endpoint.enabled", equalTo(true));
  }

  @Test
  void whatAnEndpointMissedWhileItWasOffIsRecovered() {
    Made endpoint = client.endpoint(receiver.url("/"));
    client.update(endpoint.id(), Map.of("enabled", false));
    String identity = client.client().newIdentity();
    client.client().ended(identity, client.client().loggingIn(identity, "ada+locked@example.com"));
    assertEquals("failed", delivery(endpoint, "status"));
    client.update(endpoint.id(), Map.of("enabled", true)).then().statusCode(200);
    assertEquals("failed", delivery(endpoint, "status"));
    client
        .post(endpoint.id(), "recover", LONG_AGO)
        .then()
        .statusCode(200)
        .body("messages", equalTo(1));
    assertEquals("account_locked", one(EventType.LOGIN_FAILED).json().get("data.error_code"));
    until(() -> "delivered".equals(delivery(endpoint, "status")));
    client.post(endpoint.id(), "recover", LONG_AGO).then().body("messages", equalTo(0));
  }

  @Test
  void aMessageIsSentAgainToEveryEnabledEndpointThatItWasFor() {
    Made one = client.endpoint(receiver.url("/one"));
    Made other = client.endpoint(receiver.url("/other"));
    Made off = client.endpoint(receiver.url("/off"));
    Made deaf = client.endpoint(receiver.url("/deaf"), "webhook.test");
    String identity = client.client().newIdentity();
    client.client().ended(identity, client.client().loggingIn(identity, "ada+locked@example.com"));
    until(() -> receiver.received().size() == 3);
    until(() -> "delivered".equals(delivery(one, "status")));
    until(() -> "delivered".equals(delivery(other, "status")));
    until(() -> "delivered".equals(delivery(off, "status")));
    client.update(off.id(), Map.of("enabled", false));
    String message = receiver.received().get(0).id();
    List<String> again =
        client.resend(message).then().statusCode(200).extract().path("endpoint_ids");
    assertEquals(Set.of(one.id(), other.id()), Set.copyOf(again));
    until(() -> receiver.received().size() == 5);
    assertEquals(
        Set.of(message),
        receiver.received().stream().map(Received::id).collect(Collectors.toSet()));
    assertEquals(0, client.deliveries(deaf.id()).getList("deliveries").size());
  }

  @Test
  void nothingComesAfterADeleteHasAnsweredAlsoWhereOneHangs() {
    receiver.answer(Answer.status(0));
    Made endpoint = client.endpoint(receiver.url("/"));
    for (int i = 0; i < 20; i++) {
      client.test(endpoint.id());
    }
    until(() -> !receiver.received().isEmpty());
    long begun = System.nanoTime();
    client.delete(endpoint.id()).then().statusCode(200);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    int came = receiver.received().size();
    assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, "it waited for the answer: " + took);
    // A later message of another endpoint shows that the dispatcher was there since.
    try (Receiver other = new Receiver()) {
      Made proof = client.endpoint(other.url("/"));
      client.test(proof.id());
      until(() -> "delivered".equals(delivery(proof, "status")));
    }
    assertEquals(came, receiver.received().size());
  }

  @Test
  void anEndlessAnswerIsCutOffAndItsStatusCounts() {
    receiver.answer(new Answer(200, Map.of(), "x".repeat(10_000_000)));
    Made endpoint = client.endpoint(receiver.url("/"));
    client.test(endpoint.id());
    until(() -> "delivered".equals(delivery(endpoint, "status")));
  }

  @Test
  void nobodyThereIsAFailedConnection() {
    Receiver closed = new Receiver();
    String url = closed.url("/");
    closed.close();
    Made endpoint = client.endpoint(url);
    client.test(endpoint.id());
    until(() -> "connection_failed".equals(delivery(endpoint, "attempts[0].error")));
    assertEquals("pending", delivery(endpoint, "status"));
    Made unresolved = client.endpoint("https://hooks.invalid/");
    client.test(unresolved.id());
    until(() -> "name_not_resolved".equals(delivery(unresolved, "attempts[0].error")));
  }

  @Test
  void nothingIsToldOfWhatWasRolledBackAndOtherTenantsHearNothing() {
    try (Receiver stranger = new Receiver()) {
      WebhookClient.ofNewTenant().endpoint(stranger.url("/"));
      client.endpoint(receiver.url("/"));
      String identity = client.client().newIdentity();
      client.client().login(identity, Map.of()).then().statusCode(400);
      client.client().connect(identity, "ada@example.com");
      one(EventType.LOGIN_COMPLETED);
      assertEquals(1, receiver.received().size());
      assertEquals(List.of(), stranger.received());
    }
  }
}
