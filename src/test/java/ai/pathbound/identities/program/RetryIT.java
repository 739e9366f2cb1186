package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.login.history.History;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A replica dies while it holds a call; the client repeats it at another one. */
@Tag("faults")
class RetryIT {
  // One that dies after it sent the credentials and before it wrote this down is interrupted.
  private static final String NOTE_ANSWERS =
      """
      create table answered (session uuid);
      create function note_answer() returns trigger language plpgsql security definer as $$
      begin
        if old.credentials_sent_at is not null
            and new.browser_sealed is distinct from old.browser_sealed then
          insert into answered values (new.id);
        end if;
        return null;
      end $$;
      create trigger note_answer after update on login_session
        for each row execute function note_answer();
      """;

  @AfterEach
  void restore() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
  }

  @Test
  void aRetryAfterACrashGetsTheFirstAnswerAndNoSecondLogin() throws Exception {
    Map<String, String> settings =
        Map.of(
            "IDENTITIES_LINKEDIN_WORKER_LEASE", "2s",
            "IDENTITIES_LINKEDIN_SANDBOX_SLOW_FOR", "10s");
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(settings);
        Program killed = Program.start("retry-killed", surroundings.environment());
        Program other = Program.start("retry-other", surroundings.environment())) {
      History history = new History(surroundings.owner());
      history.execute(NOTE_ANSWERS);
      other.signal("STOP");
      Client client = Client.ofNewTenant();
      RestAssured.baseURI = killed.url();
      String identity = client.newIdentity();
      CompletableFuture<Integer> held =
          CompletableFuture.supplyAsync(() -> login(client, killed.url(), identity, true))
              .thenApply(Response::statusCode)
              .exceptionally(broken -> 0);
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> history.count("select count(*) from answered") == 1);
      killed.signal("KILL");
      other.signal("CONT");
      assertEquals(0, held.get());

      Response first = login(client, other.url(), identity, false);
      assertEquals(200, first.statusCode());
      Response waited = login(client, other.url(), identity, true);
      assertEquals("completed", waited.path("login_result.status"));
      assertEquals(
          first.<String>path("login_result.session_id"),
          waited.<String>path("login_result.session_id"));
      assertNotEquals(first.asString(), waited.asString());
      assertEquals(waited.asString(), login(client, other.url(), identity, false).asString());
      assertEquals(1, history.count("select count(*) from login_session"));
    }
  }

  private static Response login(Client client, String url, String identity, boolean wait) {
    var request =
        client
            .json(Map.of("username", "ada+slow@example.com", "password", "p"))
            .baseUri(url)
            .header("Idempotency-Key", "one");
    if (wait) {
      request.header("Prefer", "wait=30");
    }
    return request.post(Client.IDENTITIES + "/" + identity + "/linkedin/login");
  }
}
