package ai.pathbound.identities.ratelimit;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.OperatorProfile;
import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.TestClock;
import ai.pathbound.identities.tenant.TenantId;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Ten requests an hour of each tenant, and no more. */
@QuarkusTest
@TestProfile(OperatorProfile.class)
class RateLimitTest {
  private static final int BUDGET = OperatorProfile.BUDGET;
  private static final Duration WINDOW = Duration.ofHours(1);

  private final Client client = Client.ofNewTenant();

  private Response list() {
    return client.request().get(Client.IDENTITIES);
  }

  private void spendAll() {
    for (int left = BUDGET - 1; left >= 0; left--) {
      list()
          .then()
          .statusCode(200)
          .header("RateLimit-Policy", "\"tenant\";q=10;w=3600")
          .header("RateLimit", matchesPattern("\"tenant\";r=" + left + ";t=\\d+"));
    }
  }

  @Test
  void whoSendsMoreIsToldWhenToComeBackAndIsTakenThen() {
    spendAll();
    Response refused = list();
    refused
        .then()
        .statusCode(429)
        .header("RateLimit-Policy", "\"tenant\";q=10;w=3600")
        .header("RateLimit", matchesPattern("\"tenant\";r=0;t=\\d+"))
        .body("status", equalTo("error"))
        .body("code", equalTo("too_many_requests"))
        .body("details", hasSize(0));
    int wait = Integer.parseInt(refused.header("Retry-After"));
    assertTrue(wait > 0 && wait <= WINDOW.dividedBy(BUDGET).toSeconds(), "Retry-After: " + wait);

    TestClock.advance(Duration.ofSeconds(wait));
    list().then().statusCode(200);
    list().then().statusCode(429);
  }

  @Test
  void everyAnswerBehindTheBudgetSaysWhatIsLeft() {
    String id = client.newIdentity();
    String path = Client.IDENTITIES + "/" + id;
    Response found = client.request().get(path);
    List<Response> answers =
        List.of(
            found,
            client.request().header("If-None-Match", found.header("ETag")).get(path),
            client.json("{").put(path),
            client.json(Map.of("role", "CEO")).header("If-Match", "\"1.x\"").put(path),
            client.request().get(Client.IDENTITIES + "/nonsense"),
            client.request().get(Client.IDENTITIES + "?limit=0"),
            client.login(id, Map.of("username", "ada@example.com")));
    assertEquals(
        List.of(200, 304, 400, 412, 404, 400, 400),
        answers.stream().map(Response::statusCode).toList());
    int left = BUDGET - 1;
    for (Response answer : answers) {
      left--;
      answer
          .then()
          .header("RateLimit-Policy", "\"tenant\";q=10;w=3600")
          .header("RateLimit", matchesPattern("\"tenant\";r=" + left + ";t=\\d+"));
    }
  }

  @Test
  void everyCallOfATenantCountsWhoeverSendsIt() {
    for (int i = 0; i < BUDGET / 2; i++) {
      client.check("id_01jv3ve1twetnar2zsd0c36jyb").then().statusCode(404);
      client.withScope("identities:read").request().get("/v1/audit").then().statusCode(200);
    }
    list().then().statusCode(429);
  }

  @Test
  void oneTenantsBudgetIsNotAnothers() {
    spendAll();
    list().then().statusCode(429);
    Client.ofNewTenant().request().get(Client.IDENTITIES).then().statusCode(200);
  }

  @Test
  void whoIsNotLetInSpendsNothing() {
    for (int i = 0; i < BUDGET; i++) {
      RestAssured.get(Client.IDENTITIES).then().statusCode(401);
      client.withScope("").request().get(Client.IDENTITIES).then().statusCode(403);
    }
    spendAll();
  }

  @Test
  void whatIsBesideTheApiHasNoBudget() {
    for (int i = 0; i <= BUDGET; i++) {
      RestAssured.get("/q/health/live").then().statusCode(200);
    }
  }

  @Test
  void aTenantWhoseBudgetIsFullAgainIsForgotten() {
    SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    RateLimits budgets =
        new RateLimits(
            new RateLimitSettings() {
              @Override
              public int budget() {
                return BUDGET;
              }

              @Override
              public Duration window() {
                return WINDOW;
              }
            },
            clock);
    budgets.spend(new TenantId("early"));
    clock.advance(WINDOW.dividedBy(BUDGET));
    budgets.spend(new TenantId("late"));
    budgets.forget();
    assertEquals(1, budgets.kept());
  }
}
