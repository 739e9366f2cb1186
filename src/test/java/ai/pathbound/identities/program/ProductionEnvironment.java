package ai.pathbound.identities.program;

import ai.pathbound.identities.MigratedServer;
import ai.pathbound.identities.Tokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.OctJwkGenerator;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;

/**
 * What production gives the packaged program: a PostgreSQL with an owner and a serving role,
 * migrated as the init container does it, keys in files, and the environment variables that name
 * them.
 */
public final class ProductionEnvironment implements AutoCloseable {
  private static final String SERVICE_ROLE = "identities_service";
  private static final String PASSWORD = "password";

  private static MigratedServer shared;
  private static Map<String, String> keys;

  private final MigratedServer server;
  private final String database;
  private final Map<String, String> environment;

  private ProductionEnvironment(
      MigratedServer server, String database, Map<String, String> environment) {
    this.server = server;
    this.database = database;
    this.environment = environment;
  }

  /** A database of its own on a server that others share; {@code more} settings win. */
  public static ProductionEnvironment start(Map<String, String> more) {
    try {
      return on(shared(), more);
    } catch (IOException | SQLException | JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A server of its own, to be restarted and killed. */
  static ProductionEnvironment startAlone(Map<String, String> more) {
    try {
      return on(migrated(), more);
    } catch (IOException | SQLException | JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProductionEnvironment on(MigratedServer server, Map<String, String> more)
      throws IOException, SQLException, JoseException {
    String database = server.copy();
    Map<String, String> environment = settings(server.port(), database);
    environment.put("QUARKUS_DATASOURCE_USERNAME", SERVICE_ROLE);
    environment.putAll(keys());
    environment.put("IDENTITIES_LINKEDIN_CONNECTOR", "sandbox");
    environment.put("IDENTITIES_LINKEDIN_SANDBOX_CONFIRM_AFTER", "500ms");
    environment.put("IDENTITIES_LINKEDIN_SANDBOX_SLOW_FOR", "2s");
    environment.put("IDENTITIES_LINKEDIN_SANDBOX_UNAVAILABLE_COUNTRIES", "AQ");
    environment.put("IDENTITIES_LINKEDIN_CONFIRMATION_INTERVAL", "200ms");
    // The tests' many rejections are no spike.
    environment.put("IDENTITIES_LINKEDIN_AUTOMATIC_PAUSE_AT_LEAST", "0");
    environment.putAll(more);
    return new ProductionEnvironment(server, database, environment);
  }

  private static synchronized MigratedServer shared() throws IOException, SQLException {
    if (shared == null) {
      shared = migrated();
    }
    return shared;
  }

  private static MigratedServer migrated() throws IOException, SQLException {
    EmbeddedPostgres postgres =
        MigratedServer.builder()
            .setServerConfig("max_connections", "200")
            // The embedded one forgets commits when it is killed, unless told not to.
            .setServerConfig("synchronous_commit", "on")
            .start();
    try (Connection owner = postgres.getPostgresDatabase().getConnection();
        Statement statement = owner.createStatement()) {
      statement.execute("create role " + SERVICE_ROLE + " login password '" + PASSWORD + "'");
    }
    MigratedServer server = new MigratedServer(postgres);
    Map<String, String> owner = settings(server.port(), MigratedServer.TEMPLATE);
    owner.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
    owner.put("IDENTITIES_DATABASE_MIGRATE_AND_EXIT", "true");
    try (Program init = Program.launch("init-" + server.port(), owner)) {
      if (init.ended() != 0) {
        throw new IllegalStateException("the migration failed:\n" + init.log());
      }
    }
    return server;
  }

  /** What both the init container and the serving program are told. */
  private static Map<String, String> settings(int port, String database) {
    Map<String, String> settings = new HashMap<>();
    settings.put("QUARKUS_DATASOURCE_REACTIVE_URL", url(port, database));
    settings.put("QUARKUS_DATASOURCE_PASSWORD", PASSWORD);
    // The tests read the log as a person does.
    settings.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
    settings.put("IDENTITIES_DATABASE_SERVICE_ROLE", SERVICE_ROLE);
    return settings;
  }

  private static String url(int port, String database) {
    return "postgresql://localhost:" + port + "/" + database;
  }

  /** Keys in files, made once, and what names them to the program. */
  static synchronized Map<String, String> keys() throws IOException, JoseException {
    if (keys == null) {
      keys = newKeys();
    }
    return keys;
  }

  private static Map<String, String> newKeys() throws IOException, JoseException {
    RsaJsonWebKey tokens = RsaJwkGenerator.generateJwk(2048);
    tokens.setKeyId("test");
    System.setProperty(
        Tokens.KEY_PROPERTY, JsonUtil.toJson(tokens.toParams(OutputControlLevel.INCLUDE_PRIVATE)));
    var sealing = OctJwkGenerator.generateJwk(256);
    sealing.setKeyId("test");
    sealing.setAlgorithm("A256GCMKW");
    Path folder = Files.createTempDirectory("identities");
    Path publicKey =
        Files.writeString(
            folder.resolve("tokens.json"),
            "{\"keys\":["
                + JsonUtil.toJson(tokens.toParams(OutputControlLevel.PUBLIC_ONLY))
                + "]}");
    Path sealingKeys =
        Files.writeString(
            folder.resolve("sealing.json"),
            "{\"keys\":["
                + JsonUtil.toJson(sealing.toParams(OutputControlLevel.INCLUDE_SYMMETRIC))
                + "]}");
    return Map.of(
        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
        publicKey.toUri().toString(),
        "MP_JWT_VERIFY_ISSUER",
        Tokens.ISSUER,
        "MP_JWT_VERIFY_AUDIENCES",
        Tokens.AUDIENCE,
        "IDENTITIES_SECRETS_KEYS",
        sealingKeys.toString());
  }

  /** The environment variables of the serving program. */
  public Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  /** The environment variables of a program that reaches the database at another port. */
  Map<String, String> environmentVia(int port) {
    Map<String, String> through = new HashMap<>(environment);
    through.put("QUARKUS_DATASOURCE_REACTIVE_URL", url(port, database));
    return through;
  }

  /** The port of the database, at {@code localhost}. */
  int port() {
    return server.port();
  }

  /** The database, as its owner sees it. */
  public DataSource owner() {
    return server.owner(database);
  }

  /** The number that a query of the owner's answers. */
  int count(String query) throws SQLException {
    try (Connection connection = owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  @Override
  public void close() {
    try {
      server.drop(database);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
