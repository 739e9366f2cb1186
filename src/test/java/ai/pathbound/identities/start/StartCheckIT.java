package ai.pathbound.identities.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({"IDENTITIES_DATABASE_MIGRATE_AND_EXIT, true", "QUARKUS_INIT_AND_EXIT, 1"})
  void aMigrationNeedsTheDatabaseAlone(String variable, String value) throws Exception {
    Ended ended = start(Map.of(variable, value));
    assertEquals(78, ended.code());
    assertEquals(1, ended.lines().size(), ended.lines().toString());
    assertTrue(ended.lines().get(0).startsWith(DATABASE));
  }

  @Test
  void aMigrationThatFailsSaysWhyInOneLine() throws Exception {
    Ended ended =
        start(
            Map.of(
                "IDENTITIES_DATABASE_MIGRATE_AND_EXIT", "true",
                // Port 1 (tcpmux) is reserved, and refused.
                "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:1/none",
                "QUARKUS_DATASOURCE_USERNAME", "owner",
                "QUARKUS_DATASOURCE_PASSWORD", "never-to-be-seen"));
    assertEquals(1, ended.code(), ended.lines().toString());
    assertEquals(1, ended.lines().size(), ended.lines().toString());
    assertTrue(
        ended.lines().get(0).startsWith("The schema cannot be migrated: "),
        ended.lines().toString());
    assertFalse(ended.lines().get(0).contains("never-to-be-seen"));
  }

  /** As the framework takes them: natively, too, and before anything is missed. */
  @Test
  void settingsCountWhereverTheyAreGiven() throws Exception {
    Path folder = Files.createTempDirectory("start");
    Files.writeString(
        Files.createDirectories(folder.resolve("config")).resolve("application.properties"),
        "mp.jwt.verify.issuer=https://issuer.invalid\n");
    Path elsewhere =
        Files.writeString(
            folder.resolve("elsewhere.properties"), "identities.linkedin.connector=sandbox\n");
    Ended ended =
        start(
            folder,
            List.of("-Dmp.jwt.verify.audiences=identities"),
            Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:1/none",
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION", "https://issuer.invalid/keys",
                "QUARKUS_CONFIG_LOCATIONS", elsewhere.toString()));
    assertEquals(78, ended.code());
    assertEquals(1, ended.lines().size(), ended.lines().toString());
    assertTrue(ended.lines().get(0).contains("(IDENTITIES_SECRETS_KEYS)"));
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
  void whatIsSetAndCannotBeMeantIsToldAtOnce() throws Exception {
    Ended ended =
        start(
            Map.of(
                "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true",
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION", "/nowhere/jwks.json",
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                    "postgresql://localhost:notaport/none?password=never-to-be-seen",
                "IDENTITIES_DATABASE_MIGRATE_AND_EXIT", "maybe",
                "IDENTITIES_LINKEDIN_WORKER_POLL_INTERVAL", "  ",
                "IDENTITIES_LINKEDIN_WORKER_LEASE", "0s",
                "IDENTITIES_LINKEDIN_RUN_TIMEOUT", "-1s",
                "IDENTITIES_LINKEDIN_HEALTH_INTERVAL", "10M",
                "IDENTITIES_DATABASE_PATIENCE", "soon",
                "IDENTITIES_LISTS_PATIENCE", "0s"));
    assertEquals(78, ended.code());
    for (String complaint :
        List.of(
            "(QUARKUS_HTTP_PROXY_TRUSTED_PROXIES)",
            "names no file that can be read: /nowhere/jwks.json",
            "(QUARKUS_DATASOURCE_REACTIVE_URL) must look like",
            "(IDENTITIES_DATABASE_MIGRATE_AND_EXIT) must be true or false.",
            "(IDENTITIES_LINKEDIN_WORKER_POLL_INTERVAL) is empty",
            "(IDENTITIES_LINKEDIN_WORKER_LEASE) must be longer than nothing: 0s.",
            "(IDENTITIES_LINKEDIN_RUN_TIMEOUT) must be longer than nothing: -1s.",
            "(IDENTITIES_LINKEDIN_HEALTH_INTERVAL) must be at least 1H, or 0 for never: 10M.",
            "(IDENTITIES_DATABASE_PATIENCE) is no time such as 30s or 5M: soon.",
            "(IDENTITIES_LISTS_PATIENCE) must be longer than nothing: 0s.")) {
      assertTrue(
          ended.lines().stream().anyMatch(line -> line.contains(complaint)),
          ended.lines().toString());
    }
    assertFalse(ended.lines().toString().contains("never-to-be-seen"));
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
    return start(Path.of("."), List.of(), environment);
  }

  private static Ended start(Path folder, List<String> options, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("start", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(Program.command(options))
            .directory(folder.toFile())
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
