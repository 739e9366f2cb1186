package ai.pathbound.identities.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks of deploy/ are worth something: each rule, broken on purpose, is found. */
class DeployRulesTest {
  private static final String POD = "/spec/template/spec";
  private static final String JOB_POD = "/spec/jobTemplate/spec/template/spec";
  private static final String SERVING = POD + "/containers/0";

  private static KnownSettings settings;
  private static List<JsonNode> keda;

  @BeforeAll
  static void withKubectl() {
    Kubectl.require();
    settings = new KnownSettings();
    keda = Kubectl.render(Path.of("deploy/overlays/production-keda"));
  }

  static Arguments broken(String fault, String kind, Consumer<ObjectNode> how) {
    return Arguments.of(fault, kind, how);
  }

  static ObjectNode at(JsonNode object, String pointer) {
    return (ObjectNode) object.at(pointer);
  }

  static ObjectNode first(JsonNode object, String pointer) {
    return (ObjectNode) object.at(pointer).get(0);
  }

  static Stream<Arguments> brokenOnPurpose() {
    return Stream.of(
        broken("runsAsNonRoot", "Deployment", d -> at(d, POD).put("runsAsNonRoot", true)),
        broken("targetPorts", "Service", s -> first(s, "/spec/ports").put("targetPorts", 1)),
        broken("minReplicas", "ScaledObject", s -> at(s, "/spec").put("minReplicas", 2)),
        broken("scrapePath", "ServiceMonitor", m -> at(m, "/spec").put("scrapePath", "/")),
        broken("String", "Deployment", d -> first(d, SERVING + "/env").put("value", true)),
        broken("unknown kind", "Service", s -> s.put("apiVersion", "v2")),
        broken("runAsNonRoot", "Deployment", d -> at(d, POD + "/securityContext").removeAll()),
        broken("runAsUser 0", "Deployment", d -> user(d, 0)),
        broken("hostNetwork", "Deployment", d -> at(d, POD).put("hostNetwork", true)),
        broken("privileged", "Deployment", d -> hardening(d).put("privileged", true)),
        broken("volume of hostPath", "Deployment", DeployRulesTest::mountTheHost),
        broken("not dropped", "Deployment", d -> hardening(d).remove("capabilities")),
        broken("allowPriv", "Deployment", d -> hardening(d).remove("allowPrivilegeEscalation")),
        broken("readOnlyRoot", "Deployment", d -> hardening(d).remove("readOnlyRootFilesystem")),
        broken(
            "token is mounted",
            "Deployment",
            d -> at(d, POD).remove("automountServiceAccountToken")),
        broken("USER", "Deployment", d -> user(d, 1002)),
        broken("asks for", "Deployment", d -> probe(d).put("path", "/health")),
        broken("another port", "Deployment", d -> probe(d).put("port", 8081)),
        broken(
            "shorter than the shutdown",
            "Deployment",
            d -> at(d, POD).put("terminationGracePeriodSeconds", 20)),
        broken(
            "reads IDENTITIES_LINKEDIN_CONECTOR",
            "ConfigMap",
            c -> at(c, "/data").put("IDENTITIES_LINKEDIN_CONECTOR", "webdriver")),
        broken(
            "reads QUARKUS_PACKAGE_JAR_TYPE",
            "ConfigMap",
            c -> at(c, "/data").put("QUARKUS_PACKAGE_JAR_TYPE", "uber-jar")),
        broken(
            "in clear",
            "ConfigMap",
            c -> at(c, "/data").put("QUARKUS_DATASOURCE_PASSWORD", "secret")),
        broken("another image", "Deployment", d -> at(d, SERVING).put("image", "identities:2")),
        broken("exposes /", "Ingress", i -> first(i, "/spec/rules/0/http/paths").put("path", "/")),
        broken("shares a host with the API", "Ingress", i -> page(i, "identities.example.com")),
        broken("tells the addresses", "Ingress", i -> page(i, "connect.example.com")),
        broken("names [], the ingress leads", "Ingress", i -> page(i, "connect.example.com")),
        broken(
            "names [connect.example.com], the ingress leads there from []",
            "ConfigMap",
            c -> pageAt(c, "https://connect.example.com")),
        broken("BASE_URL is not https", "ConfigMap", c -> pageAt(c, "http://connect.example.com")),
        broken("replicas", "Deployment", d -> at(d, "/spec").put("replicas", 3)),
        broken(
            "lets anybody in",
            "NetworkPolicy",
            n -> at(n, "/spec").putArray("ingress").addObject()),
        broken(
            "schedules", "CronJob audit-pruning", c -> at(c, "/spec").put("schedules", "@daily")),
        broken(
            "runAsUser 0",
            "CronJob audit-pruning",
            c -> at(c, JOB_POD + "/securityContext").put("runAsUser", 0)),
        broken("protects nothing", "PodDisruptionBudget", b -> budget(b)));
  }

  private static void page(ObjectNode ingress, String host) {
    ObjectNode rule = first(ingress, "/spec/rules").deepCopy();
    rule.put("host", host);
    first(rule, "/http/paths").put("path", "/connect");
    ((ArrayNode) ingress.at("/spec/rules")).add(rule);
  }

  private static void pageAt(ObjectNode settings, String url) {
    at(settings, "/data").put("IDENTITIES_CONNECT_BASE_URL", url);
  }

  private static void user(JsonNode deployment, int user) {
    at(deployment, POD + "/securityContext").put("runAsUser", user);
  }

  private static ObjectNode hardening(JsonNode deployment) {
    return at(deployment, SERVING + "/securityContext");
  }

  private static ObjectNode probe(JsonNode deployment) {
    return at(deployment, SERVING + "/readinessProbe/httpGet");
  }

  private static void mountTheHost(JsonNode deployment) {
    ((ArrayNode) deployment.at(POD + "/volumes"))
        .addObject()
        .put("name", "host")
        .putObject("hostPath")
        .put("path", "/");
  }

  private static void budget(JsonNode budget) {
    at(budget, "/spec/selector/matchLabels").put("app.kubernetes.io/name", "nobody");
  }

  /** What is wrong with these objects that is not wrong with deploy/ itself. */
  private static List<String> newFaults(List<JsonNode> objects) throws IOException {
    List<String> faults = DeployRules.faults(new Rendered(objects), settings);
    faults.removeAll(DeployRules.faults(new Rendered(keda), settings));
    return faults;
  }

  /** {@code which}: a kind, of which ours is meant, or a kind, a blank and a name. */
  private static boolean is(JsonNode object, String which) {
    String name = Rendered.name(object);
    // Which one comes first is up to the hash in its name.
    boolean dashboard = name.startsWith("ConfigMap identities-dashboard");
    return name.equals(which) || name.startsWith(which + " identities") && !dashboard;
  }

  @ParameterizedTest(name = "{1}: {0}")
  @MethodSource({
    "brokenOnPurpose",
    "ai.pathbound.identities.deploy.BrokenWiring#cases",
    "ai.pathbound.identities.deploy.BrokenWiring#policies"
  })
  void aRuleThatIsBrokenOnPurposeIsFound(String fault, String which, Consumer<ObjectNode> how)
      throws IOException {
    List<JsonNode> objects = keda.stream().map(JsonNode::<JsonNode>deepCopy).toList();
    objects.stream()
        .filter(object -> is(object, which))
        .findFirst()
        .ifPresent(object -> how.accept((ObjectNode) object));
    List<String> faults = newFaults(objects);
    assertTrue(faults.stream().anyMatch(found -> found.contains(fault)), faults::toString);
  }

  @Test
  void twoAutoscalersOnOneDeploymentAreFound() throws IOException {
    List<JsonNode> both = new ArrayList<>(keda);
    both.addAll(
        new Rendered(Kubectl.render(Path.of("deploy/overlays/production")))
            .kind("HorizontalPodAutoscaler"));
    List<String> faults = newFaults(both);
    assertEquals(1, faults.size(), faults::toString);
    assertTrue(faults.get(0).startsWith("two autoscalers"), faults::toString);
  }

  @Test
  void anImageOfAnotherUserOrPortIsFound() throws IOException {
    String text = NativeImage.read().text();
    var rendered = new Rendered(keda);
    NativeImage user = NativeImage.of(text.replace("USER 1001:", "USER 1002:"));
    NativeImage port = NativeImage.of(text.replace("EXPOSE 8080", "EXPOSE 80"));
    assertTrue(
        ProgramRules.faults(rendered, settings, user).stream().anyMatch(f -> f.contains("USER")));
    assertTrue(
        ProgramRules.faults(rendered, settings, port).stream()
            .anyMatch(f -> f.contains("exposes")));
  }
}
