package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two copies of the packaged program on one database. */
@Tag("faults")
class TwoProgramsIT {
  private static final int LOGINS = 200;
  private static final Pattern CLAIMED =
      Pattern.compile("login (sess_\\w+) of tenant \\S+: queued -> running");

  private record ExpectedLogin(String identity, String session, String end) {}

  @AfterEach
  void restore() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
    RestAssured.port = RestAssured.UNDEFINED_PORT;
  }

  @Test
  void theyShareAQueueAndDriveEachLoginExactlyOnce() {
    // That a machine with other tests stands still for seconds is no blocked loop.
    Map<String, String> watched = Map.of("QUARKUS_VERTX_MAX_EVENT_LOOP_EXECUTE_TIME", "8s");
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(watched);
        Program one = Program.start("one", surroundings.environment());
        Program other = Program.start("other", surroundings.environment())) {
      Client client = Client.ofNewTenant();
      String[][] scripts = {
        {"ada@example.com", "completed"},
        {"ada+rejected@example.com", "credentials_rejected"},
        {"ada+locked@example.com", "account_locked"},
        {"ada+app@example.com", "completed"},
        {"ada+captcha@example.com", "captcha_required"}
      };
      List<ExpectedLogin> logins = new ArrayList<>();
      for (int i = 0; i < LOGINS; i++) {
        RestAssured.baseURI = (i % 2 == 0 ? one : other).url();
        String[] script = scripts[i % scripts.length];
        String identity = client.newIdentity();
        logins.add(new ExpectedLogin(identity, client.loggingIn(identity, script[0]), script[1]));
      }
      for (ExpectedLogin login : logins) {
        var result = client.ended(login.identity(), login.session());
        String failure = result.getString("login_result.error_code");
        assertEquals(
            login.end(), failure == null ? result.getString("login_result.status") : failure);
      }
      Map<String, Integer> claims = new HashMap<>();
      for (Program program : List.of(one, other)) {
        int own = 0;
        var claimed = CLAIMED.matcher(program.log());
        while (claimed.find()) {
          claims.merge(claimed.group(1), 1, Integer::sum);
          own++;
        }
        assertTrue(own > 0, "a program that drove nothing shares nothing");
        assertFalse(program.log().contains("has been blocked"), "an event loop was blocked");
        assertEquals(List.of(), warnings(program));
      }
      assertEquals(LOGINS, claims.size());
      assertEquals(1, Collections.max(claims.values()));
    }
  }

  /** What it warned of, but for the sandbox, of which it has to. */
  private static List<String> warnings(Program program) {
    return program
        .log()
        .lines()
        .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
        .filter(line -> !line.contains("sandbox"))
        .toList();
  }
}
