package ai.pathbound.identities.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether an overlay's objects fit each other: namespace, selectors, ports. */
final class ClusterRules {
  /** What is not on the internet, of all IPv4 and of all IPv6 addresses. */
  private static final Map<String, Set<String>> INSIDE =
      Map.of(
          "0.0.0.0/0",
          Set.of(
              "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"),
          "::/0",
          Set.of("fc00::/7", "fe80::/10"));

  private final List<String> faults = new ArrayList<>();
  private final Rendered rendered;

  private ClusterRules(Rendered rendered) {
    this.rendered = rendered;
  }

  /** Where the objects do not fit; empty: nowhere. */
  static List<String> faults(Rendered rendered) {
    var rules = new ClusterRules(rendered);
    rules.namespaces();
    rendered.kind("Service").forEach(rules::service);
    rendered.kind("NetworkPolicy").forEach(rules::policy);
    rendered.kind("PodDisruptionBudget").forEach(rules::budget);
    rendered.kind("ServiceMonitor").forEach(rules::monitor);
    rules.defaultDeny();
    return rules.faults;
  }

  private void rule(boolean kept, String fault) {
    if (!kept) {
      faults.add(fault);
    }
  }

  private void namespaces() {
    for (JsonNode object : rendered.objects()) {
      rule(
          object.path("kind").asText().equals("Namespace")
              || rendered.find("Namespace", object.at("/metadata/namespace").asText()).isPresent(),
          Rendered.name(object) + " is in another namespace");
    }
    for (JsonNode namespace : rendered.kind("Namespace")) {
      rule(
          namespace
              .at("/metadata/labels")
              .path("pod-security.kubernetes.io/enforce")
              .asText()
              .equals("restricted"),
          "the namespace does not enforce the restricted profile");
    }
  }

  private void service(JsonNode service) {
    List<JsonNode> pods = rendered.selected(service.at("/spec/selector"));
    rule(pods.size() == 1, Rendered.name(service) + " selects " + pods.size() + " workloads");
    for (JsonNode port : service.at("/spec/ports")) {
      for (JsonNode pod : pods) {
        rule(
            Rendered.hasPort(pod, port.path("targetPort")),
            Rendered.name(service) + " leads to no port " + port.path("targetPort").asText());
      }
    }
  }

  private void policy(JsonNode policy) {
    List<JsonNode> pods = rendered.selected(policy.at("/spec/podSelector/matchLabels"));
    rule(!pods.isEmpty(), Rendered.name(policy) + " selects no pods");
    for (JsonNode hole : policy.at("/spec/ingress")) {
      rule(!hole.path("from").isEmpty(), Rendered.name(policy) + " lets anybody in");
      for (JsonNode port : hole.path("ports")) {
        rule(
            pods.stream().allMatch(pod -> Rendered.hasPort(pod, port.path("port"))),
            Rendered.name(policy) + " opens a port that no pod has");
      }
    }
    for (JsonNode hole : policy.at("/spec/egress")) {
      for (JsonNode peer : hole.path("to")) {
        Set<String> inside = INSIDE.getOrDefault(peer.at("/ipBlock/cidr").asText(), Set.of());
        Set<String> except = new HashSet<>();
        peer.at("/ipBlock/except").forEach(range -> except.add(range.asText()));
        rule(except.containsAll(inside), Rendered.name(policy) + " lets pods reach what is inside");
      }
    }
  }

  private void defaultDeny() {
    rule(
        rendered.kind("NetworkPolicy").stream()
            .anyMatch(
                policy ->
                    policy.at("/spec/podSelector").isEmpty()
                        && policy.at("/spec/policyTypes").size() == 2
                        && policy.at("/spec/ingress").isMissingNode()
                        && policy.at("/spec/egress").isMissingNode()),
        "no policy denies by default");
  }

  private void budget(JsonNode budget) {
    rule(
        rendered.selected(budget.at("/spec/selector/matchLabels")).size() == 1,
        Rendered.name(budget) + " protects nothing");
  }

  private void monitor(JsonNode monitor) {
    JsonNode endpoint = monitor.at("/spec/endpoints/0");
    rule(endpoint.path("path").asText().equals("/q/metrics"), "the monitor scrapes another path");
    rule(
        rendered.kind("Service").stream()
            .filter(
                service ->
                    service.at("/metadata/labels").equals(monitor.at("/spec/selector/matchLabels")))
            .anyMatch(
                service ->
                    service.at("/spec/ports").findValues("name").contains(endpoint.path("port"))),
        "the monitor selects no service's port");
  }
}
