package ai.pathbound.identities.idempotency;

import static ai.pathbound.identities.Client.IDENTITIES;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code Idempotency-Key}, as a client that retries sees it. */
@QuarkusTest
class IdempotencyTest {
  private static final Map<String, String> ADA =
      Map.of("firstName", "Ada", "lastName", "Lovelace", "role", "CTO");

  private final Client client = Client.ofNewTenant();
  private final String key = UUID.randomUUID().toString();

  private Response create(Object body, String idempotencyKey) {
    return client.json(body).header("Idempotency-Key", idempotencyKey).post(IDENTITIES);
  }

  @Test
  void aRetryIsAnsweredTheSameAndDoesNothing() {
    Response first = create(ADA, key);
    Response second = create(ADA, key);
    assertEquals(201, first.statusCode());
    assertEquals(201, second.statusCode());
    assertEquals(first.asString(), second.asString());
    assertEquals(first.header("Location"), second.header("Location"));
    client.request().get(IDENTITIES).then().body("identities", hasSize(1));
  }

  @Test
  void anotherBodyUnderTheKeyIsRefused() {
    create(ADA, key);
    create(Map.of("firstName", "Eve", "lastName", "L", "role", "R"), key)
        .then()
        .statusCode(422)
        .body("status", equalTo("error"))
        .body("code", equalTo("idempotency_key_reused"));
  }

  @Test
  void aRefusedCallLeavesTheKeyFree() {
    create(Map.of("firstName", "Ada"), key).then().statusCode(400);
    create(ADA, key).then().statusCode(201);
  }

  @Test
  void anotherTenantAndAnotherSubjectHaveKeysOfTheirOwn() {
    String mine = create(ADA, key).path("identity.identity_id");
    String colleague =
        RestAssured.given()
            .auth()
            .oauth2(Tokens.of(client.tenant(), "colleague", Tokens.BOTH))
            .contentType(ContentType.JSON)
            .body(ADA)
            .header("Idempotency-Key", key)
            .post(IDENTITIES)
            .path("identity.identity_id");
    String stranger =
        Client.ofNewTenant()
            .json(ADA)
            .header("Idempotency-Key", key)
            .post(IDENTITIES)
            .path("identity.identity_id");
    assertEquals(3, Set.of(mine, colleague, stranger).size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256})
  void aKeyOfTheWrongLengthIsRefused(int length) {
    create(ADA, "k".repeat(length)).then().statusCode(400).body("details.field", hasSize(1));
  }

  @Test
  void aKeyOfTheGreatestLengthIsTaken() {
    create(ADA, "k".repeat(255)).then().statusCode(201);
  }

  @Test
  void aHundredAtOnceMakeOneIdentityAndGetOneAnswer() throws Exception {
    assertEquals(1, together(100, () -> create(ADA, key)).size());
    client.request().get(IDENTITIES).then().body("identities", hasSize(1));
  }

  @Test
  void aRetriedLoginIsOneLogin() throws Exception {
    String identity = client.newIdentity();
    Map<String, String> body = Map.of("username", "ada+2fa@example.com", "password", "p");
    String path = IDENTITIES + "/" + identity + "/linkedin/login";
    Set<String> answers =
        together(20, () -> client.json(body).header("Idempotency-Key", key).post(path));
    assertEquals(1, answers.size());
    String session =
        client.json(body).header("Idempotency-Key", key).post(path).path("login_result.session_id");
    assertEquals("awaiting_2fa", client.settled(identity, session).get("login_result.status"));
  }

  @Test
  void aRetriedCodeIsOneAttempt() {
    String identity = client.newIdentity();
    String session = client.loggingIn(identity, "ada+2fa@example.com");
    client.settled(identity, session);
    String path = IDENTITIES + "/" + identity + "/linkedin/code/" + session;
    Map<String, String> wrong = Map.of("code", "000000");
    Response first = client.json(wrong).header("Idempotency-Key", key).post(path);
    client.settled(identity, session);
    Response second = client.json(wrong).header("Idempotency-Key", key).post(path);
    assertEquals(first.asString(), second.asString());
    assertEquals(
        4, client.settled(identity, session).getInt("login_result.challenge.attempts_remaining"));
    client
        .json(Map.of("code", "111111"))
        .header("Idempotency-Key", key)
        .post(path)
        .then()
        .statusCode(422);
  }

  @Test
  void aHeldAnswerIsTheAnswerOfEveryRetry() {
    String identity = client.newIdentity();
    Map<String, String> body = Map.of("username", "ada@example.com", "password", "p");
    String path = IDENTITIES + "/" + identity + "/linkedin/login";
    Response first =
        client.json(body).header("Idempotency-Key", key).header("Prefer", "wait=20").post(path);
    assertEquals("completed", first.path("login_result.status"));
    Response again = client.json(body).header("Idempotency-Key", key).post(path);
    assertEquals(first.asString(), again.asString());
  }

  @Test
  void theSameKeyOnAnotherCallIsAnotherKey() {
    String one = client.newIdentity();
    String other = client.newIdentity();
    Map<String, String> body = Map.of("username", "ada@example.com", "password", "p");
    String first =
        client
            .json(body)
            .header("Idempotency-Key", key)
            .post(IDENTITIES + "/" + one + "/linkedin/login")
            .path("login_result.session_id");
    String second =
        client
            .json(body)
            .header("Idempotency-Key", key)
            .post(IDENTITIES + "/" + other + "/linkedin/login")
            .path("login_result.session_id");
    assertNotEquals(first, second);
  }

  /** Sends {@code count} at a time; the distinct answers. */
  private static Set<String> together(int count, Callable<Response> call) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Callable<Response>> calls = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        calls.add(call);
      }
      List<Response> answers = new ArrayList<>();
      for (Future<Response> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers.stream()
          .map(answer -> answer.statusCode() + " " + answer.asString())
          .collect(Collectors.toSet());
    } finally {
      threads.shutdownNow();
    }
  }
}
