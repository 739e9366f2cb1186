package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import io.restassured.RestAssured;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server that takes TLS and SCRAM only, and the settings of docs/security.md. */
class DatabaseTlsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OWNER = "tls_owner";
  private static final String SERVICE = "tls_service";
  private static final String PASSWORD = "a password";

  /** The first line is for the eyes of the test; the program's roles have the second one alone. */
  private static final String HBA =
      """
      host    postgres,template1 postgres              samehost trust
      hostssl identities         tls_owner,tls_service samehost scram-sha-256
      """;

  private static Certificates certificates;
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws Exception {
    certificates = new Certificates();
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("ssl", "on")
            .setServerConfig("ssl_cert_file", certificates.certificate("server").toString())
            .setServerConfig("ssl_key_file", certificates.key("server").toString())
            .setServerConfig("hba_file", certificates.file("pg_hba.conf", HBA).toString())
            .setServerConfig("password_encryption", "scram-sha-256")
            .start();
    execute("create role " + OWNER + " login password '" + PASSWORD + "'");
    execute("create role " + SERVICE + " login password '" + PASSWORD + "'");
    execute("create database identities owner " + OWNER);
  }

  @AfterAll
  static void stop() throws IOException {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
    postgres.close();
  }

  private static void execute(String statement) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  private static int count(String query) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery("select count(*) from " + query)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static Map<String, String> environment(String role, String host, Path authority)
      throws Exception {
    Map<String, String> environment = new HashMap<>(Surroundings.keys());
    environment.put("IDENTITIES_LINKEDIN_CONNECTOR", "sandbox");
    environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
    environment.put("IDENTITIES_DATABASE_SERVICE_ROLE", SERVICE);
    environment.put("QUARKUS_DATASOURCE_USERNAME", role);
    environment.put("QUARKUS_DATASOURCE_PASSWORD", PASSWORD);
    environment.put(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        "postgresql://" + host + ":" + postgres.getPort() + "/identities?sslmode=verify-full");
    environment.put("QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM", "HTTPS");
    environment.put("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM", "true");
    environment.put(
        "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS", authority.toString());
    environment.put(
        "QUARKUS_DATASOURCE_JDBC_ADDITIONAL_JDBC_PROPERTIES_SSLROOTCERT", authority.toString());
    return environment;
  }

  private static Program migration(String name, String host, Path authority) throws Exception {
    Map<String, String> owner = environment(OWNER, host, authority);
    owner.put("QUARKUS_INIT_AND_EXIT", "true");
    return Program.launch("tls-" + name, owner);
  }

  private static int readiness(Program program) {
    return RestAssured.get(program.url() + "/q/health/ready").statusCode();
  }

  @Test
  void theProgramConnectsWithTlsAndScramAndToNobodyElse() throws Exception {
    Path authority = certificates.certificate("ca");
    Path another = certificates.certificate("other");
    assertEquals(
        2,
        count(
            "pg_authid where rolname in ('tls_owner', 'tls_service')"
                + " and rolpassword like 'SCRAM-SHA-256$%'"));
    try (Program astray = migration("init-wrong-authority", "localhost", another);
        Program misled = migration("init-wrong-host", "127.0.0.1", authority)) {
      assertTrue(astray.ended() != 0);
      assertTrue(misled.ended() != 0);
    }
    try (Program migrating = migration("init", "localhost", authority)) {
      assertEquals(0, migrating.ended());
    }

    try (Program astray =
            Program.start("tls-wrong-authority", environment(SERVICE, "localhost", another));
        Program misled =
            Program.start("tls-wrong-host", environment(SERVICE, "127.0.0.1", authority))) {
      assertEquals(503, readiness(astray));
      assertEquals(503, readiness(misled));
      assertEquals(0, count("pg_stat_activity where usename = 'tls_service'"));
    }

    try (Program program = Program.start("tls", environment(SERVICE, "localhost", authority))) {
      Awaitility.await().atMost(PATIENCE).until(() -> readiness(program) == 200);
      RestAssured.baseURI = program.url();
      Client client = Client.ofNewTenant();
      client.connect(client.newIdentity(), "ada@example.com");
      String all = "pg_stat_activity join pg_stat_ssl using (pid) where usename = 'tls_service'";
      assertTrue(count(all + " and ssl") > 0);
      assertEquals(0, count(all + " and not ssl"));
    }
  }
}
