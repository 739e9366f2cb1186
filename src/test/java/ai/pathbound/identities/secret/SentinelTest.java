package ai.pathbound.identities.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.DatabaseTime;
import ai.pathbound.identities.TestClock;
import ai.pathbound.identities.Tokens;
import ai.pathbound.identities.webhook.EventType;
import ai.pathbound.identities.webhook.Receiver;
import ai.pathbound.identities.webhook.WebhookClient;
import ai.pathbound.identities.webhook.WebhookClient.Made;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Secrets that would be found wherever they leaked, sent through every flow while everything is
 * logged: they are in no log, answer, metric or row.
 */
@QuarkusTest
@TestProfile(TwoKeysProfile.class)
class SentinelTest {
  private static final String USERNAME = Sentinels.USERNAME;
  private static final String PASSWORD = Sentinels.PASSWORD;
  private static final String CODE = Sentinels.CODE;

  @Inject DataSource database;
  @Inject Pool pool;
  private final Client client = Client.ofNewTenant();
  private final Sentinels sentinels = new Sentinels();
  private int rows;

  private void lookAtAllTables() {
    rows += sentinels.lookAtAllTables(database);
  }

  private Response answered(Response response) {
    sentinels.look("an answer", response.asString());
    sentinels.look("a header", response.headers().toString());
    return response;
  }

  private String start(String identity, String script) {
    Response answer =
        client
            .json(Map.of("username", USERNAME + script + "@example.com", "password", PASSWORD))
            .header("Idempotency-Key", "key " + script + System.nanoTime())
            .post(Client.IDENTITIES + "/" + identity + "/linkedin/login");
    lookAtAllTables();
    String session = answered(answer).path("login_result.session_id");
    assertTrue(session != null, answer.asString());
    return session;
  }

  private String settled(String identity, String session) {
    Response answer =
        client.request().header("Prefer", "wait=20").get(Client.status(identity, session));
    lookAtAllTables();
    return answered(answer).path("login_result.status");
  }

  private void code(String identity, String session, String code) {
    answered(client.code(identity, session, code));
    lookAtAllTables();
    settled(identity, session);
  }

  private void everyOutcome() {
    for (String script :
        List.of("", "+rejected", "+locked", "+captcha", "+unknown", "+down", "+app", "+email")) {
      String identity = client.newIdentity();
      String session = start(identity, script);
      settled(identity, session);
      TestClock.confirm();
      client.ended(identity, session);
      answered(client.check(identity));
      answered(client.request().get(Client.IDENTITIES + "/" + identity));
    }
  }

  private void everySessionOfAnotherBrowser() {
    for (String cookie : List.of(PASSWORD, "sandbox:" + USERNAME + "@example.com")) {
      String identity = client.newIdentity();
      Response started =
          answered(
              client.login(
                  identity, Map.of("session_cookie", cookie, "session_cookie_a", PASSWORD)));
      answered(
          client
              .json(Map.of("session_cookie", cookie))
              .header("Idempotency-Key", "key " + System.nanoTime())
              .post(Client.IDENTITIES + "/" + client.newIdentity() + "/linkedin/login"));
      lookAtAllTables();
      client.ended(identity, started.path("login_result.session_id"));
      lookAtAllTables();
      answered(
          client.login(identity, Map.of("session_cookie", PASSWORD + ";", "username", USERNAME)));
    }
  }

  private void everyChallenge() {
    for (String script : List.of("+2fa", "+sms", "+emailcode", "+2fa+locked")) {
      String identity = client.newIdentity();
      String session = start(identity, script);
      assertEquals("awaiting_2fa", settled(identity, session));
      code(identity, session, CODE);
      code(identity, session, "123456");
      answered(client.code(identity, session, CODE));
    }
    String identity = client.newIdentity();
    String session = start(identity, "+2fa");
    settled(identity, session);
    for (int i = 0; i < 5; i++) {
      code(identity, session, CODE);
    }
    assertEquals("failed", settled(identity, session));
  }

  private void everyEndFromOutside() {
    String identity = client.newIdentity();
    settled(identity, start(identity, "+2fa"));
    settled(identity, start(identity, "+never"));
    DatabaseTime.pass(pool, Duration.ofMinutes(11));
    settled(identity, start(identity, "+expired"));
    answered(client.check(identity));
    settled(identity, answered(client.login(identity, Map.of())).path("login_result.session_id"));
    settled(identity, start(identity, "+2fa"));
    answered(client.request().delete(Client.IDENTITIES + "/" + identity + "/linkedin"));
    lookAtAllTables();
    settled(identity, start(identity, "+slow"));
    settled(identity, start(identity, "+2fa"));
    answered(client.request().delete(Client.IDENTITIES + "/" + identity));
    lookAtAllTables();
  }

  private void everyRefusal() {
    String identity = client.newIdentity();
    String login = Client.IDENTITIES + "/" + identity + "/linkedin/login";
    for (String body :
        List.of(
            "{\"username\":\"%s\"}",
            "{\"username\":\"%s\",\"password\":5}",
            "{\"username\":\"%s\",\"password\":{\"a\":\"%s\"}}",
            "{\"username\":[\"%s\"],\"password\":\"%s\"}",
            "{\"username\":\"%s\",\"password\":\"%s\",\"country\":\"%s\"}",
            "{\"username\":\"%s\",\"password\":\"%s\",\"country\":\"AQ\"}",
            "{\"username\":\"%s\",\"password\":\"%s\\u0000\\ud800\"}",
            "{\"username\":\"%s\",\"password\":\"%s\"",
            "{\"username\":\"%s\",\"password\":\"%s\"} %s",
            "{\"username\":\"%s\",\"password\":%s}",
            "%s %s")) {
      String text = body.replaceFirst("%s", USERNAME).replace("%s", PASSWORD);
      answered(client.request().contentType(ContentType.JSON).body(text).post(login));
    }
    answered(client.request().contentType(ContentType.TEXT).body(PASSWORD).post(login));
    answered(client.json(PASSWORD.repeat(5000)).post(login));
    answered(client.login("id_01jv3ve1twetnar2zsd0c36jyb", USERNAME));
    answered(
        RestAssured.given()
            .contentType(ContentType.JSON)
            .body(Map.of("username", USERNAME, "password", PASSWORD))
            .post(login));
    for (Object code : List.of(CODE + "toolong", CODE + "!", List.of(CODE), Map.of("a", CODE))) {
      answered(
          client
              .json(Map.of("code", code))
              .post(
                  Client.IDENTITIES
                      + "/"
                      + identity
                      + "/linkedin/code/sess_01jv3ve1twetnar2zsd0c36jyb"));
    }
  }

  private void everyRefusedToken() {
    String good = Tokens.of("acme", PASSWORD, Tokens.BOTH);
    Map<String, Object> header = Map.of("alg", "RS256", "typ", "at+jwt");
    Map<String, Object> expired =
        Map.of("iss", Tokens.ISSUER, "aud", Tokens.AUDIENCE, "exp", 1, "iat", 1, "sub", PASSWORD);
    for (String token :
        List.of(
            good.substring(0, good.length() - 8) + "AAAAAAAA",
            good + ".x",
            Tokens.sign(header, expired),
            Tokens.sign(header, Map.of("aud", "nobody", "exp", 1, "sub", PASSWORD)),
            Tokens.sign(Map.of("alg", "RS512"), expired),
            Tokens.sign(Map.of("alg", "RS256", "typ", "dpop+jwt"), expired))) {
      Response refused = RestAssured.given().auth().oauth2(token).get(Client.IDENTITIES);
      assertEquals(401, answered(refused).statusCode());
    }
  }

  /** A new endpoint's secrets, which only the answers that make them may show. */
  private void webhooks() {
    WebhookClient webhooks = new WebhookClient(client.withScope(Tokens.ALL));
    try (Receiver receiver = new Receiver()) {
      Made endpoint = webhooks.endpoint(receiver.url("/"));
      sentinels.remember(endpoint.secret());
      String second = webhooks.post(endpoint.id(), "rotate", Map.of()).path("secret");
      sentinels.remember(second);
      everyChallenge();
      webhooks.test(endpoint.id());
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> !receiver.received(EventType.TEST).isEmpty());
      receiver.received().forEach(message -> sentinels.look("a message", message.toString()));
      answered(webhooks.get(endpoint.id()));
      answered(webhooks.update(endpoint.id(), Map.of("enabled", false)));
      lookAtAllTables();
    }
  }

  @Test
  void secretsAreSeenNowhere() throws IOException {
    webhooks();
    everyOutcome();
    everySessionOfAnotherBrowser();
    everyChallenge();
    everyEndFromOutside();
    everyRefusal();
    everyRefusedToken();
    lookAtAllTables();
    for (String open : List.of("/q/metrics", "/q/health", "/q/openapi")) {
      sentinels.look(open, RestAssured.get(open).asString());
    }
    answered(client.request().get("/v1/audit"));

    long traces;
    try (Stream<String> lines = Files.lines(TwoKeysProfile.LOG, StandardCharsets.ISO_8859_1)) {
      traces = lines.peek(sentinels::lookAtLog).filter(line -> line.contains("TRACE")).count();
    }
    assertEquals(List.of(), sentinels.found());
    // It was looked where there was something to see.
    assertTrue(rows > 500, "only " + rows + " rows");
    assertTrue(traces > 1_000, "only " + traces + " lines of the log are at TRACE");
  }
}
