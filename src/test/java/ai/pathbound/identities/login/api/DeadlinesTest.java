package ai.pathbound.identities.login.api;

import static ai.pathbound.identities.Client.IDENTITIES;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.DatabaseTime;
import ai.pathbound.identities.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What time does to a login, without waiting for it. */
@QuarkusTest
class DeadlinesTest {
  @Inject Pool database;

  private final Client client = Client.ofNewTenant();
  private String identity;

  @BeforeEach
  void anIdentity() {
    identity = client.newIdentity();
  }

  private String failureOf(String session) {
    return client.ended(identity, session).getString("login_result.error_code");
  }

  @Test
  void aCodeAfterItsTimeIsTooLateWhetherOrNotAnybodyHasNoticed() {
    String session = client.loggingIn(identity, "ada+2fa@example.com");
    client.settled(identity, session);
    DatabaseTime.pass(database, Duration.ofSeconds(600));
    client
        .code(identity, session, "123456")
        .then()
        .statusCode(408)
        .body("code", equalTo("verification_timeout"));
    assertEquals("verification_timeout", failureOf(session));
  }

  @Test
  void aChallengeThatNobodyAnswersTimesOutByItself() {
    String session = client.loggingIn(identity, "ada+sms@example.com");
    client.settled(identity, session);
    DatabaseTime.pass(database, Duration.ofSeconds(600));
    assertEquals("verification_timeout", failureOf(session));
  }

  @Test
  void aLoginThatRunsTooLongFails() {
    String session = client.loggingIn(identity, "ada+slow@example.com");
    Awaitility.await()
        .until(
            () ->
                client.request().get(Client.status(identity, session)).path("login_result.status"),
            equalTo("running"));
    DatabaseTime.pass(database, Duration.ofMinutes(3));
    assertEquals("linkedin_unavailable", failureOf(session));
  }

  @Test
  void theLimitOfAnHourIsOverAfterAnHour() {
    for (int i = 0; i < 20; i++) {
      client.settled(identity, client.loggingIn(identity, "ada+rejected@example.com"));
    }
    client.login(identity, "ada@example.com").then().statusCode(429);
    DatabaseTime.pass(database, Duration.ofHours(1));
    client.login(identity, "ada@example.com").then().statusCode(200);
  }

  @Test
  void aLockedAccountMayBeTriedAgainAfterTheCoolDown() {
    client.settled(identity, client.loggingIn(identity, "ada+locked@example.com"));
    client.login(identity, "ada@example.com").then().statusCode(429);
    DatabaseTime.pass(database, Duration.ofMinutes(10));
    client.login(identity, "ada@example.com").then().statusCode(200);
  }

  @Test
  void aCheckIsReusedForTenSecondsButNotAcrossALogin() {
    client.connect(identity, "ada@example.com");
    String first = client.check(identity).path("checked_at");
    assertEquals(first, client.check(identity).path("checked_at"));
    DatabaseTime.pass(database, Duration.ofSeconds(10));
    String second = client.check(identity).path("checked_at");
    assertNotEquals(first, second);
    client.connect(identity, "ada@example.com");
    assertNotEquals(second, client.check(identity).path("checked_at"));
    client.request().delete(IDENTITIES + "/" + identity + "/linkedin").then().statusCode(200);
    client.check(identity).then().body("connected", equalTo(false));
  }

  @Test
  void anIdempotencyKeyIsForgottenAfterADay() {
    String key = UUID.randomUUID().toString();
    Map<String, String> ada = Map.of("firstName", "Ada", "lastName", "L", "role", "R");
    String first = create(key, ada).path("identity.identity_id");
    TestClock.advance(Duration.ofHours(24));
    assertNotEquals(first, create(key, ada).path("identity.identity_id"));
  }

  private Response create(String key, Object body) {
    return client.json(body).header("Idempotency-Key", key).post(IDENTITIES);
  }
}
