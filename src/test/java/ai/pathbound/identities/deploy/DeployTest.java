package ai.pathbound.identities.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** deploy/ as an operator would apply it, overlay by overlay. */
class DeployTest {
  private static final Path DEPLOY = Path.of("deploy");

  private static KnownSettings settings;

  @BeforeAll
  static void withKubectl() {
    Kubectl.require();
    settings = new KnownSettings();
  }

  /** Every overlay, also those that nobody thought of here. */
  static List<Path> overlays() throws IOException {
    return folders("overlays");
  }

  private static List<Path> folders(String under) throws IOException {
    try (var folders = Files.list(DEPLOY.resolve(under))) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static Rendered rendered(String overlay) {
    return new Rendered(Kubectl.render(DEPLOY.resolve("overlays").resolve(overlay)));
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void anOverlayIsWhatKubernetesAcceptsAndThisProgramNeeds(Path overlay) throws IOException {
    var rendered = new Rendered(Kubectl.render(overlay));
    assertEquals(List.of(), DeployRules.faults(rendered, settings));
  }

  @Test
  void productionIsScaledByAnHpaOrByKedaAndReachedThroughItsIngressAlone() {
    for (var scaler :
        Map.of("production", "HorizontalPodAutoscaler", "production-keda", "ScaledObject")
            .entrySet()) {
      Rendered production = rendered(scaler.getKey());
      assertEquals(1, production.kind(scaler.getValue()).size(), scaler.getKey());
      assertEquals(1, production.kind("Ingress").size(), scaler.getKey());
      assertTrue(
          production.kind("Service").stream()
              .allMatch(
                  service -> service.at("/spec/type").asText("ClusterIP").equals("ClusterIP")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", "production-keda"})
  void thePageOfConnectLinksHasAHostOfItsOwnWhereItIsAskedFor(String overlay) throws IOException {
    assertEquals(List.of(), hostsOf("/connect", rendered(overlay)));
    Path asked = Files.createDirectories(Path.of("target", "asked-for-" + overlay));
    // As an operator does: the line is there, as a comment.
    String overlays =
        Files.readString(DEPLOY.resolve("overlays/" + overlay + "/kustomization.yaml"));
    String line = "- ../../components/connect-page\n";
    assertTrue(overlays.contains("  # " + line), overlays);
    Files.writeString(
        asked.resolve("kustomization.yaml"),
        overlays.replace("# " + line, line).replace("../../", "../../deploy/"));
    var rendered = new Rendered(Kubectl.render(asked));
    assertEquals(List.of(), DeployRules.faults(rendered, settings));
    assertEquals(List.of("connect.example.com"), hostsOf("/connect", rendered));
    assertEquals(List.of("identities.example.com"), hostsOf("/v1", rendered));
  }

  private static List<String> hostsOf(String path, Rendered rendered) {
    return rendered.kind("Ingress").stream()
        .flatMap(ingress -> ingress.at("/spec/rules").findParents("http").stream())
        .filter(rule -> rule.at("/http/paths/0/path").asText().equals(path))
        .map(rule -> rule.path("host").asText())
        .toList();
  }

  @Test
  void productionUsesRealBrowsers() {
    for (String overlay : List.of("production", "production-keda")) {
      Rendered production = rendered(overlay);
      JsonNode serving = Rendered.pod(production.identities()).at("/containers/0");
      assertEquals(
          "webdriver", production.environment(serving).get("IDENTITIES_LINKEDIN_CONNECTOR"));
    }
  }

  @Test
  void kedaCountsLoginsThatAWorkerMayTakeAndNoneThatWaitsForAPerson() throws IOException {
    String query =
        rendered("production-keda")
            .kind("ScaledObject")
            .get(0)
            .at("/spec/triggers/0/metadata/query")
            .asText();
    assertTrue(query.contains("due_at <= now()"), query);
    assertTrue(query.contains("status IN ('queued', 'running')"), query);
    String schema =
        Files.readString(Path.of("src/main/resources/db/migration/V1__identities_and_logins.sql"));
    for (String name : Set.of("create table login_session", "due_at ", "'queued'", "'running'")) {
      assertTrue(schema.contains(name), name);
    }
  }

  @Test
  void theAuditTrailIsPrunedByARoleOfItsOwnThatTheMigrationGrantsWhatItNeeds() {
    for (String overlay : List.of("production", "production-keda")) {
      Rendered production = rendered(overlay);
      JsonNode job = production.kind("CronJob").get(0);
      JsonNode pruning = Rendered.pod(job).at("/containers/0");
      assertTrue(pruning.path("args").toString().contains("prune_audit_trail"), overlay);
      JsonNode migrating = Rendered.pod(production.identities()).at("/initContainers/0");
      String role = secret(pruning, "PGUSER");
      assertEquals("identities-database-pruning", role);
      assertEquals(role, secret(migrating, "IDENTITIES_DATABASE_PRUNING_ROLE"));
      assertTrue(
          production
              .find("ConfigMap", keyOf(pruning, "QUARKUS_DATASOURCE_REACTIVE_URL"))
              .filter(map -> map.path("data").has("QUARKUS_DATASOURCE_REACTIVE_URL"))
              .isPresent());
    }
  }

  private static JsonNode variable(JsonNode container, String name) {
    for (JsonNode variable : container.path("env")) {
      if (variable.path("name").asText().equals(name)) {
        return variable.path("valueFrom");
      }
    }
    throw new AssertionError("no " + name);
  }

  private static String secret(JsonNode container, String name) {
    return variable(container, name).at("/secretKeyRef/name").asText();
  }

  private static String keyOf(JsonNode container, String name) {
    return variable(container, name).at("/configMapKeyRef/name").asText();
  }

  @Test
  void everyComponentIsPartOfAnOverlay() throws IOException {
    var unused = new TreeSet<String>();
    for (Path component : folders("components")) {
      unused.add(component.getFileName().toString());
    }
    for (Path overlay : overlays()) {
      String kustomization = Files.readString(overlay.resolve("kustomization.yaml"));
      unused.removeIf(name -> kustomization.contains("../../components/" + name + "\n"));
    }
    assertEquals(Set.of(), unused);
  }

  @Test
  void theImageRunsWhatItsBuildMade() throws IOException {
    NativeImage image = NativeImage.read();
    assertTrue(image.text().contains("-runner " + image.entrypoint() + "\n"), image.entrypoint());
    for (String line : List.of("ARG BUILDER_IMAGE=", "ARG RUNTIME_IMAGE=", "./mvnw ")) {
      assertTrue(image.text().contains(line), line);
    }
  }

  @Test
  void composeRunsTheSameProgramWithSettingsThatItKnows() throws IOException {
    JsonNode compose = Kubectl.parse(Files.readString(DEPLOY.resolve("compose.yaml"))).get(0);
    NativeImage image = NativeImage.read();
    String user = image.user() + ":" + image.group();
    for (String name : List.of("migrate", "identities")) {
      JsonNode service = compose.path("services").path(name);
      var names = new TreeSet<String>();
      service.path("environment").fieldNames().forEachRemaining(names::add);
      assertEquals(Set.of(), settings.unknown(names), name);
      assertEquals(user, service.path("user").asText(), name);
      assertTrue(service.path("read_only").asBoolean(), name);
    }
    assertEquals(
        "127.0.0.1:" + image.port() + ":" + image.port(),
        compose.at("/services/identities/ports/0").asText());
  }
}
