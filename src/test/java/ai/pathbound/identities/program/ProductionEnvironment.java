package ai.pathbound.identities.program;

import ai.pathbound.identities.FreePort;
import ai.pathbound.identities.Tokens;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
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

  private final EmbeddedPostgres postgres;
  private final Map<String, String> environment;

  private ProductionEnvironment(EmbeddedPostgres postgres, Map<String, String> environment) {
    this.postgres = postgres;
    this.environment = environment;
  }

  /** Sets everything up; {@code more} settings win. */
  public static ProductionEnvironment start(Map<String, String> more) {
    try {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder()
              .setPort(FreePort.any())
              .setServerConfig("max_connections", "200")
              // The embedded one forgets commits when it is killed, unless told not to.
              .setServerConfig("synchronous_commit", "on")
              .start();
      try (Connection owner = postgres.getPostgresDatabase().getConnection();
          Statement statement = owner.createStatement()) {
        statement.execute("create role " + SERVICE_ROLE + " login password '" + PASSWORD + "'");
      }
      Map<String, String> environment = new HashMap<>();
      environment.put(
          "QUARKUS_DATASOURCE_REACTIVE_URL",
          "postgresql://localhost:" + postgres.getPort() + "/postgres");
      environment.put("QUARKUS_DATASOURCE_PASSWORD", PASSWORD);
      // The tests read the log as a person does.
      environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
      environment.put("IDENTITIES_DATABASE_SERVICE_ROLE", SERVICE_ROLE);
      migrate(environment);
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
      return new ProductionEnvironment(postgres, environment);
    } catch (IOException | SQLException | JoseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void migrate(Map<String, String> environment) {
    Map<String, String> owner = new HashMap<>(environment);
    owner.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
    owner.put("IDENTITIES_DATABASE_MIGRATE_AND_EXIT", "true");
    try (Program init = Program.launch("init-" + owner.hashCode(), owner)) {
      if (init.ended() != 0) {
        throw new IllegalStateException("the migration failed:\n" + init.log());
      }
    }
  }

  /** Keys in files, made for this call, and what names them to the program. */
  static Map<String, String> keys() throws IOException, JoseException {
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

  /** The server. */
  public EmbeddedPostgres postgres() {
    return postgres;
  }

  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
