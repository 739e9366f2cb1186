package ai.pathbound.identities.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.Client;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.keys.AesKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sealing key that Vault's transit engine has wrapped, and the program that needs it. */
@Tag("faults")
class WrappedKeyIT {
  private static final String WRAPPED =
      "{\"kty\":\"oct\",\"kid\":\"wrapped\",\"alg\":\"A256GCMKW\",\"wrapped\":\""
          + TransitDouble.CIPHERTEXT
          + "\"}";
  private static final String PLAIN =
      "{\"kty\":\"oct\",\"kid\":\"plain\",\"alg\":\"A256GCMKW\",\"k\":\"%s\"}"
          .formatted(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(2)));

  @TempDir Path folder;

  private static byte[] bytes(int filling) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) filling);
    return bytes;
  }

  @AfterEach
  void stop() {
    RestAssured.baseURI = RestAssured.DEFAULT_URI;
  }

  /** As in a cluster: the pod's account token lies in a file. */
  private Map<String, String> with(Map<String, String> environment, String vault, String account)
      throws Exception {
    Path token = Files.writeString(folder.resolve("token"), account);
    Map<String, String> all = new HashMap<>(environment);
    all.put("IDENTITIES_SECRETS_KEYS", "{\"keys\":[" + WRAPPED + "," + PLAIN + "]}");
    all.put("QUARKUS_VAULT_URL", vault);
    all.put("QUARKUS_VAULT_AUTHENTICATION_KUBERNETES_ROLE", "identities");
    all.put("QUARKUS_VAULT_AUTHENTICATION_KUBERNETES_JWT_TOKEN_PATH", token.toString());
    return all;
  }

  @Test
  void itIsUnwrappedOnceAndThenSealsWithoutVault() throws Exception {
    try (ProductionEnvironment surroundings = ProductionEnvironment.start(Map.of());
        TransitDouble vault = new TransitDouble(bytes(1));
        Program program =
            Program.start(
                "wrapped", with(surroundings.environment(), vault.url(), TransitDouble.ACCOUNT))) {
      assertEquals(
          List.of("POST /v1/auth/kubernetes/login", "POST /v1/transit/decrypt/identities"),
          vault.calls());
      vault.goAway();

      RestAssured.baseURI = program.url();
      Client client = Client.ofNewTenant();
      client.connect(client.newIdentity(), "ada@example.com");

      JsonWebEncryption session = sealedSession(surroundings);
      assertEquals("wrapped", session.getKeyIdHeaderValue());
      session.setKey(new AesKey(bytes(1)));
      assertTrue(session.getPlaintextBytes().length > 0);
    }
  }

  private static JsonWebEncryption sealedSession(ProductionEnvironment surroundings)
      throws SQLException, JoseException {
    try (Connection owner = surroundings.owner().getConnection();
        Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery("select session_sealed from linkedin_profile")) {
      assertTrue(rows.next());
      JsonWebEncryption jwe = new JsonWebEncryption();
      jwe.setCompactSerialization(rows.getString(1));
      return jwe;
    }
  }

  @Test
  void aVaultThatRefusesStopsTheStartWithOneLine() throws Exception {
    try (TransitDouble vault = new TransitDouble(bytes(1))) {
      String line = failure("refused", vault.url());
      assertTrue(line.contains("it answers 403 to "), line);
      assertTrue(line.contains("auth/kubernetes/login"), line);
    }
  }

  @Test
  void aVaultThatIsNotThereStopsTheStartWithOneLine() throws Exception {
    // A port that nobody is given.
    String line = failure("unreachable", "http://localhost:1");
    assertTrue(line.contains("it was not reached"), line);
  }

  /** The one line in which the program says why it does not start. */
  private String failure(String name, String vault) throws Exception {
    Map<String, String> environment = new HashMap<>(ProductionEnvironment.keys());
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:1/none");
    environment.put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
    environment.put("IDENTITIES_LINKEDIN_CONNECTOR", "sandbox");
    String account = "account.token.of-somebody-else";
    try (Program program = Program.launch("vault-" + name, with(environment, vault, account))) {
      assertEquals(1, program.ended(), program.log());
      String log = program.log();
      for (String secret :
          List.of(account, TransitDouble.TOKEN, TransitDouble.CIPHERTEXT.substring(9))) {
        assertFalse(log.contains(secret), log);
      }
      List<String> lines = log.lines().toList();
      assertEquals(1, lines.size(), log);
      assertTrue(
          lines.get(0).contains("Vault does not unwrap the key \"wrapped\" with its transit key"),
          log);
      return lines.get(0);
    }
  }
}
