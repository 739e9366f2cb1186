package ai.pathbound.identities.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.program.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The packaged program, started without what it needs. */
class StartCheckIT {
  private static final String DATABASE =
      "Cannot start: quarkus.datasource.reactive.url (QUARKUS_DATASOURCE_REACTIVE_URL)";

  private record Ended(int code, List<String> lines) {}

  @Test
  void everyMissingSettingIsNamedInALineOfItsOwn() throws Exception {
    Ended ended = start(Map.of());
    assertEquals(78, ended.code());
    assertEquals(6, ended.lines().size(), ended.lines().toString());
    assertTrue(ended.lines().stream().allMatch(line -> line.startsWith("Cannot start: ")));
    assertTrue(ended.lines().get(0).startsWith(DATABASE));
    for (String variable :
        List.of(
            "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
            "MP_JWT_VERIFY_ISSUER",
            "MP_JWT_VERIFY_AUDIENCES",
            "IDENTITIES_LINKEDIN_CONNECTOR",
            "IDENTITIES_SECRETS_KEYS")) {
      assertTrue(ended.lines().stream().anyMatch(line -> line.contains("(" + variable + ")")));
    }
  }

  @Test
  void theInitContainerNeedsTheDatabaseAlone() throws Exception {
    Ended ended = start(Map.of("QUARKUS_INIT_AND_EXIT", "true"));
    assertEquals(78, ended.code());
    assertEquals(1, ended.lines().size(), ended.lines().toString());
    assertTrue(ended.lines().get(0).startsWith(DATABASE));
  }

  @Test
  void aShortSealingKeyIsSaidWithoutQuotingIt() throws Exception {
    Ended ended = startWithKeys("{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"c2hvcnQ\"}]}");
    assertEquals(78, ended.code());
    assertEquals(1, ended.lines().size(), ended.lines().toString());
    assertTrue(ended.lines().get(0).contains("32 are needed"), ended.lines().toString());
    assertTrue(!ended.lines().get(0).contains("c2hvcnQ"));
  }

  @Test
  void aWrappedSealingKeyNeedsAVault() throws Exception {
    Ended ended =
        startWithKeys(
            "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"wrapped\":\"vault:v1:c2hvcnQ=\"}]}");
    assertEquals(78, ended.code());
    assertEquals(1, ended.lines().size(), ended.lines().toString());
    assertTrue(
        ended
            .lines()
            .get(0)
            .startsWith("Cannot start: quarkus.vault.url (QUARKUS_VAULT_URL) is not set: "),
        ended.lines().toString());
  }

  @Test
  void proxiesThatMaySayAnythingMustBeNamed() throws Exception {
    Ended ended = start(Map.of("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true"));
    assertEquals(78, ended.code());
    assertTrue(
        ended.lines().stream()
            .anyMatch(line -> line.contains("(QUARKUS_HTTP_PROXY_TRUSTED_PROXIES)")),
        ended.lines().toString());
  }

  @Test
  void aFileOfTokenKeysThatIsNotThereStopsTheStart() throws Exception {
    Ended ended = start(Map.of("MP_JWT_VERIFY_PUBLICKEY_LOCATION", "/nowhere/jwks.json"));
    assertEquals(78, ended.code());
    assertTrue(
        ended.lines().stream()
            .anyMatch(line -> line.contains("names no file that can be read: /nowhere/jwks.json")),
        ended.lines().toString());
  }

  @Test
  void aTimeMustBeOneAndHaveSomeLength() throws Exception {
    Ended ended =
        start(
            Map.of(
                "IDENTITIES_LINKEDIN_WORKER_LEASE", "0s",
                "IDENTITIES_LINKEDIN_RUN_TIMEOUT", "-1s",
                "IDENTITIES_DATABASE_PATIENCE", "soon"));
    assertEquals(78, ended.code());
    for (String complaint :
        List.of(
            "(IDENTITIES_LINKEDIN_WORKER_LEASE) must be longer than nothing: 0s.",
            "(IDENTITIES_LINKEDIN_RUN_TIMEOUT) must be longer than nothing: -1s.",
            "(IDENTITIES_DATABASE_PATIENCE) is no time such as 30s or 5M: soon.")) {
      assertTrue(
          ended.lines().stream().anyMatch(line -> line.contains(complaint)),
          ended.lines().toString());
    }
  }

  @Test
  @EnabledIf("isJar")
  void nothingOfDevModeIsPackaged() throws IOException {
    List<Path> jars;
    try (var files = Files.walk(Program.JAR.getParent())) {
      jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    for (Path jar : jars) {
      try (JarFile opened = new JarFile(jar.toFile())) {
        assertTrue(
            opened.stream()
                .noneMatch(
                    entry ->
                        entry.getName().startsWith("ai/pathbound/identities/devmode")
                            || entry.getName().startsWith("io/zonky")
                            || jar.toString().contains("ai.pathbound")
                                && entry.getName().endsWith("ConfigSourceFactory")),
            jar.toString());
      }
    }
  }

  static boolean isJar() {
    return Program.isJar();
  }

  /** Everything else that it needs is there. */
  private static Ended startWithKeys(String keys) throws IOException, InterruptedException {
    return start(
        Map.of(
            "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:1/none",
            "MP_JWT_VERIFY_PUBLICKEY_LOCATION", "https://issuer.invalid/keys",
            "MP_JWT_VERIFY_ISSUER", "https://issuer.invalid",
            "MP_JWT_VERIFY_AUDIENCES", "identities",
            "IDENTITIES_LINKEDIN_CONNECTOR", "sandbox",
            "IDENTITIES_SECRETS_KEYS", keys));
  }

  private static Ended start(Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("start", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(Program.command())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.matches("(QUARKUS|MP_JWT|IDENTITIES)_.*"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(180, TimeUnit.SECONDS), "it should have ended");
      return new Ended(process.exitValue(), Files.readAllLines(output, StandardCharsets.UTF_8));
    } finally {
      process.destroyForcibly();
      Files.deleteIfExists(output);
    }
  }
}
