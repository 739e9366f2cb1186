package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import io.restassured.RestAssured;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that takes TLS and SCRAM only, and the settings of docs/security.md. */
@Tag("faults")
class DatabaseTlsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @AfterAll
  static void stop() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
  }

  private static int readiness(Program program) {
    return RestAssured.get(program.url() + "/q/health/ready").statusCode();
  }

  @Test
  void theProgramConnectsWithTlsAndScramAndToNobodyElse() throws Exception {
    try (TlsDatabase database = new TlsDatabase()) {
      requireTlsAndScram(database);
    }
  }

  private static void requireTlsAndScram(TlsDatabase database) throws Exception {
    Path authority = database.authority();
    Path another = database.otherAuthority();
    assertEquals(
        2,
        database.count(
            "pg_authid where rolname in ('tls_owner', 'tls_service')"
                + " and rolpassword like 'SCRAM-SHA-256$%'"));
    try (Program astray = database.migration("init-wrong-authority", "localhost", another);
        Program misled = database.migration("init-wrong-host", "127.0.0.1", authority)) {
      assertTrue(astray.ended() != 0);
      assertTrue(misled.ended() != 0);
    }
    try (Program migrating = database.migration("init", "localhost", authority)) {
      assertEquals(0, migrating.ended());
    }

    int port = database.port();
    Map<String, String> withoutIssuer = new HashMap<>(database.serving("localhost", port, another));
    withoutIssuer.put("MP_JWT_VERIFY_PUBLICKEY_LOCATION", "http://127.0.0.1:9/keys");
    try (Program astray = Program.start("tls-wrong-authority", withoutIssuer);
        Program misled =
            Program.start("tls-wrong-host", database.serving("127.0.0.1", port, authority))) {
      assertEquals(503, readiness(astray));
      assertEquals(503, readiness(misled));
      // It starts without its issuer, too, and says what it misses.
      assertTrue(
          ProgramClient.identities(astray).body().contains("\"keys_unavailable\""), astray::errors);
      assertEquals(0, database.count("pg_stat_activity where usename = 'tls_service'"));
    }

    try (Program program = Program.start("tls", database.serving("localhost", port, authority))) {
      Awaitility.await().atMost(PATIENCE).until(() -> readiness(program) == 200);
      RestAssured.baseURI = program.url();
      Client client = Client.ofNewTenant();
      client.connect(client.newIdentity(), "ada@example.com");
      String all = "pg_stat_activity join pg_stat_ssl using (pid) where usename = 'tls_service'";
      assertTrue(database.count(all + " and ssl") > 0);
      assertEquals(0, database.count(all + " and not ssl"));
    }
  }
}
