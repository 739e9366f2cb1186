package ai.pathbound.identities.program;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.pathbound.identities.Client;
import ai.pathbound.identities.program.Load.LoadLogin;
import ai.pathbound.identities.secret.TwoKeysProfile;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A new sealing key comes and the old one goes, by rolling restarts while clients are busy. */
@Tag("faults")
class KeyRotationIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OLD = TwoKeysProfile.key("old", 1);
  private static final String NEW = TwoKeysProfile.key("new", 2);
  private static final String PLAIN = "ada@example.com";
  private static final String CODE = "ada+2fa@example.com";
  private static final String OLD_IS_UNUSED =
      "identities_secrets_stale{kid=\"old\",known=\"true\"} 0.0";
  private static final String OLD_VALUES =
      """
      select count(*) from (
        select session_sealed from linkedin_profile
        union all select member_sealed from linkedin_profile
        union all select username_sealed from login_session
        union all select password_sealed from login_session
        union all select code_sealed from login_session
        union all select browser_sealed from login_session
        union all select handle_sealed from abandoned_browser) as s (sealed)
      where sealed_kid(sealed) = 'old'
      """;

  private ProductionEnvironment surroundings;

  @BeforeEach
  void start() {
    surroundings =
        ProductionEnvironment.start(Map.of("IDENTITIES_SECRETS_RESEALING_COUNT_INTERVAL", "1s"));
  }

  @AfterEach
  void stop() {
    surroundings.close();
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
  }

  private Program with(String... keys) {
    Map<String, String> environment = new HashMap<>(surroundings.environment());
    environment.put("IDENTITIES_SECRETS_KEYS", TwoKeysProfile.set(keys));
    return Program.start("rotation-" + Arrays.hashCode(keys), environment);
  }

  @Test
  void aKeyIsReplacedWhileServing() throws Exception {
    Client client = Client.ofNewTenant();
    try (Program first = with(OLD);
        Load load = new Load(first.url(), client)) {
      RestAssured.baseURI = first.url();
      String connected = client.newIdentity();
      client.connect(connected, PLAIN);
      load.loggingIn(PLAIN);
      load.loggingIn(CODE);
      load.checking(connected);
      more(load, 12);

      try (Program knowsBoth = with(OLD, NEW)) {
        load.moveTo(knowsBoth.url());
        stop(first);
        more(load, 6);
        try (Program sealsUnderNew = with(NEW, OLD)) {
          // The middle of the roll-out: each seals under a key of its own and opens both.
          load.moveTo(knowsBoth.url(), sealsUnderNew.url());
          more(load, 12);
          load.moveTo(sealsUnderNew.url());
          stop(knowsBoth);
          Awaitility.await()
              .atMost(PATIENCE)
              .until(
                  () ->
                      surroundings.count(OLD_VALUES) == 0
                          && metrics(sealsUnderNew).contains(OLD_IS_UNUSED));
          noSecretFailed(knowsBoth);
          try (Program last = with(NEW)) {
            load.moveTo(last.url());
            stop(sealsUnderNew);
            noSecretFailed(sealsUnderNew);
            more(load, 6);
            load.stop();

            assertEquals(
                List.of(), load.calls().stream().filter(call -> call.status() / 100 != 2).toList());
            RestAssured.baseURI = last.url();
            everythingStillOpens(client, load.logins());
            noSecretFailed(last);
            assertFalse(metrics(last).contains("identities_secrets_stale{"), metrics(last));
          }
        }
      }
    }
  }

  private static void stop(Program program) {
    program.process().destroy();
    program.ended();
  }

  private static void more(Load load, int logins) {
    int before = load.logins().size();
    Awaitility.await().atMost(PATIENCE).until(() -> load.logins().size() >= before + logins);
  }

  private static void everythingStillOpens(Client client, List<LoadLogin> logins) {
    for (LoadLogin login : List.of(logins.get(0), logins.get(logins.size() / 2))) {
      LoadLogin coded = firstOf(logins, login, CODE);
      client.settled(coded.identity(), coded.session());
      client.code(coded.identity(), coded.session(), "123456").then().statusCode(200);
      assertEquals("completed", end(client, coded.identity(), coded.session()));
      LoadLogin plain = firstOf(logins, login, PLAIN);
      assertEquals("completed", end(client, plain.identity(), plain.session()));
      client.check(plain.identity()).then().statusCode(200).body("connected", equalTo(true));
      String again =
          client
              .login(plain.identity(), Map.of())
              .then()
              .statusCode(200)
              .extract()
              .path("login_result.session_id");
      assertEquals("completed", end(client, plain.identity(), again));
    }
  }

  /** The first login as that user that was not started before {@code from}. */
  private static LoadLogin firstOf(List<LoadLogin> logins, LoadLogin from, String username) {
    return logins.subList(logins.indexOf(from), logins.size()).stream()
        .filter(login -> login.username().equals(username))
        .findFirst()
        .orElseThrow();
  }

  private static String end(Client client, String identity, String session) {
    return client.ended(identity, session).getString("login_result.status");
  }

  private static void noSecretFailed(Program program) {
    assertFalse(program.log().contains("does not open"), program.log());
  }

  private static String metrics(Program program) {
    return RestAssured.get(program.url() + "/q/metrics").asString();
  }
}
