package ai.pathbound.identities.secret;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Two sealing keys, counted when a test says so, and everything logged that can be. */
public class TwoKeysProfile implements QuarkusTestProfile {
  /** The key that seals; a JWK like the other. */
  public static final String FIRST = key("first", 1);

  /** The key that has sealed. */
  public static final String SECOND = key("second", 2);

  /** Of this process alone: classes of tests run in several. */
  public static final Path LOG =
      Path.of("target", "sentinel", "everything-" + ProcessHandle.current().pid() + ".log");

  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>();
    settings.put("identities.secrets.keys", set(FIRST, SECOND));
    settings.put("identities.secrets.resealing.count-interval", "1h");
    // A session of another browser is one more secret.
    settings.put("identities.linkedin.cookie-login", "true");
    settings.put("quarkus.log.min-level", "TRACE");
    settings.put("quarkus.log.level", "TRACE");
    settings.put("quarkus.log.console.level", "WARN");
    settings.put("quarkus.log.file.enable", "true");
    settings.put("quarkus.log.file.level", "TRACE");
    settings.put("quarkus.log.file.path", LOG.toString());
    // The tests' own client, which shares this process and prints what it sends.
    settings.put("quarkus.log.category.\"org.apache.http\".level", "OFF");
    settings.put("quarkus.log.file.rotation.max-file-size", "1G");
    settings.put("quarkus.log.file.json.enabled", "false");
    settings.put("quarkus.http.access-log.enabled", "true");
    return settings;
  }

  /** A JWK of that name, each of its bytes the same. */
  public static String key(String kid, int filling) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) filling);
    String k = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return "{\"kty\":\"oct\",\"kid\":\"%s\",\"alg\":\"A256GCMKW\",\"k\":\"%s\"}".formatted(kid, k);
  }

  /** Those keys as a JWK Set. */
  public static String set(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }
}
