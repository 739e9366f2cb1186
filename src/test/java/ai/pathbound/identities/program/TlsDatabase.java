package ai.pathbound.identities.program;

import ai.pathbound.identities.MigratedServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** A server that takes TLS and SCRAM only, and the settings of docs/security.md. */
final class TlsDatabase implements AutoCloseable {
  private static final String OWNER = "tls_owner";

  /** Who serves. */
  static final String SERVICE = "tls_service";

  private static final String PASSWORD = "a password";

  /** The first line is for the eyes of the test; the program's roles have the second one alone. */
  private static final String HBA =
      """
      host    all                postgres              samehost trust
      hostssl identities         tls_owner,tls_service samehost scram-sha-256
      """;

  private final Certificates certificates;
  private final EmbeddedPostgres postgres;

  TlsDatabase() throws Exception {
    certificates = new Certificates();
    postgres =
        MigratedServer.builder()
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

  /** Runs a statement as the superuser. */
  void execute(String statement) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  /** What the server keeps of the serving role's password: enough to check it, not to tell it. */
  String verifier() throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement();
        ResultSet rows =
            sql.executeQuery(
                "select rolpassword from pg_authid where rolname = '" + SERVICE + "'")) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** A certificate for {@code localhost}, its key, and files beside them. */
  Certificates certificates() {
    return certificates;
  }

  /** The database, as its superuser sees it. */
  DataSource owner() {
    return postgres.getDatabase("postgres", "identities");
  }

  /** How many rows that is. */
  int count(String from) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement sql = connection.createStatement();
        ResultSet rows = sql.executeQuery("select count(*) from " + from)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** The port that it listens on, at {@code localhost}. */
  int port() {
    return postgres.getPort();
  }

  /** Who vouches for the server. */
  Path authority() throws Exception {
    return certificates.certificate("ca");
  }

  /** Who vouches for somebody else. */
  Path otherAuthority() throws Exception {
    return certificates.certificate("other");
  }

  /** The environment of a serving program that reaches it as {@code host} at {@code port}. */
  Map<String, String> serving(String host, int port, Path authority) throws Exception {
    return environment(SERVICE, host, port, authority);
  }

  /** Begins to migrate it. */
  Program migration(String name, String host, Path authority) throws Exception {
    Map<String, String> owner = environment(OWNER, host, port(), authority);
    owner.put("IDENTITIES_DATABASE_MIGRATE_AND_EXIT", "true");
    return Program.launch("tls-" + name, owner);
  }

  private static Map<String, String> environment(String role, String host, int port, Path authority)
      throws Exception {
    Map<String, String> environment = new HashMap<>(ProductionEnvironment.keys());
    environment.put("IDENTITIES_LINKEDIN_CONNECTOR", "sandbox");
    environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
    environment.put("IDENTITIES_DATABASE_SERVICE_ROLE", SERVICE);
    environment.put("QUARKUS_DATASOURCE_USERNAME", role);
    environment.put("QUARKUS_DATASOURCE_PASSWORD", PASSWORD);
    environment.put(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        "postgresql://" + host + ":" + port + "/identities?sslmode=verify-full");
    environment.put("QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM", "HTTPS");
    environment.put("QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM", "true");
    environment.put(
        "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS", authority.toString());
    environment.put(
        "QUARKUS_DATASOURCE_JDBC_ADDITIONAL_JDBC_PROPERTIES_SSLROOTCERT", authority.toString());
    return environment;
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
