package ai.pathbound.identities.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Alerts, dashboard, program and docs/operations.md speak of the same metrics. */
class MetricsDocumentedTest {
  private static final Path COMPONENTS = Path.of("deploy/components");

  private static Set<String> found(String pattern, String text) {
    var found = new TreeSet<String>();
    Pattern.compile(pattern).matcher(text).results().forEach(hit -> found.add(hit.group(1)));
    return found;
  }

  private static String used() throws IOException {
    return Files.readString(COMPONENTS.resolve("monitoring/alerts.yaml"))
        + Files.readString(COMPONENTS.resolve("grafana-dashboard/dashboard.json"));
  }

  /** A name without what Prometheus adds for a timer or a counter. */
  private static Set<String> metrics(String text) {
    var metrics = new TreeSet<String>();
    found("\\b(identities_[a-z_]+|http_server_requests[a-z_]*)\\b", text)
        .forEach(name -> metrics.add(name.replaceAll("(_total|_seconds(_[a-z]+)?)$", "")));
    return metrics;
  }

  @Test
  void everyMetricThatAnAlertOrTheDashboardUsesIsMeasuredByTheProgram() throws IOException {
    var measured = new TreeSet<>(Set.of("http_server_requests"));
    try (var sources = Files.walk(Path.of("src/main/java"))) {
      for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
        found("\"(identities\\.[a-z.]+)\"", Files.readString(source))
            .forEach(name -> measured.add(name.replace('.', '_')));
      }
    }
    Set<String> used = metrics(used());
    assertFalse(used.isEmpty());
    used.removeAll(measured);
    assertEquals(Set.of(), used);
  }

  @Test
  void everyMetricAndEveryAlertIsExplained() throws IOException {
    String guide = Files.readString(Path.of("docs/operations.md"));
    Set<String> metrics = metrics(used());
    metrics.removeAll(metrics(guide));
    assertEquals(Set.of(), metrics);

    JsonNode rules =
        Kubectl.parse(Files.readString(COMPONENTS.resolve("monitoring/alerts.yaml"))).get(0);
    Set<String> alerts = new TreeSet<>(rules.findValuesAsText("alert"));
    assertFalse(alerts.isEmpty());
    alerts.removeAll(found("(?m)^### ([A-Za-z]+)$", guide));
    assertEquals(Set.of(), alerts);
  }

  /**
   * A native executable has no MXBeans of collectors and buffer pools that Micrometer could read.
   */
  @Test
  void nothingRestsOnAMetricThatANativeExecutableLacks() throws IOException {
    Pattern lacking = Pattern.compile("jvm_(gc_pause|gc_memory|buffer)\\w*");
    String texts = used();
    try (var pages = Files.list(Path.of("docs"))) {
      for (Path page : pages.filter(Files::isRegularFile).toList()) {
        texts += Files.readString(page);
      }
    }
    assertEquals(
        Set.of(),
        lacking.matcher(texts).results().map(hit -> hit.group()).collect(Collectors.toSet()));
  }
}
