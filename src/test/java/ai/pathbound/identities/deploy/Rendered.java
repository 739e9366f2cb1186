package ai.pathbound.identities.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The objects of one overlay, and how to find one's way among them. */
record Rendered(List<JsonNode> objects) {
  /** The image's name, whatever the registry. */
  private static final String OURS = ".*\\bidentities(:[^/]*|@.*)?";

  /** How a message names an object. */
  static String name(JsonNode object) {
    return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
  }

  List<JsonNode> kind(String kind) {
    return objects.stream().filter(object -> kind.equals(object.path("kind").asText())).toList();
  }

  Optional<JsonNode> find(String kind, String name) {
    return kind(kind).stream()
        .filter(object -> name.equals(object.at("/metadata/name").asText()))
        .findFirst();
  }

  /** Whatever runs pods. */
  List<JsonNode> workloads() {
    return objects.stream().filter(object -> pod(object).isObject()).toList();
  }

  static JsonNode pod(JsonNode workload) {
    return template(workload).path("spec");
  }

  /** A CronJob's pods come from the jobs that it makes. */
  private static JsonNode template(JsonNode workload) {
    JsonNode job = workload.at("/spec/jobTemplate/spec/template");
    return job.isMissingNode() ? workload.at("/spec/template") : job;
  }

  /** A pod's containers, those that run before it included. */
  static List<JsonNode> containers(JsonNode pod) {
    List<JsonNode> containers = new ArrayList<>();
    pod.path("initContainers").forEach(containers::add);
    pod.path("containers").forEach(containers::add);
    return containers;
  }

  static boolean isOurs(JsonNode container) {
    return container.path("image").asText().matches(OURS);
  }

  /** Our program, as this overlay runs it. */
  JsonNode identities() {
    return find("Deployment", "identities").orElseThrow();
  }

  /** A container's environment; a value from a Secret is empty. */
  Map<String, String> environment(JsonNode container) {
    Map<String, String> environment = new TreeMap<>();
    for (JsonNode from : container.path("envFrom")) {
      find("ConfigMap", from.at("/configMapRef/name").asText())
          .ifPresent(
              map ->
                  map.path("data")
                      .properties()
                      .forEach(e -> environment.put(e.getKey(), e.getValue().asText())));
    }
    for (JsonNode variable : container.path("env")) {
      environment.put(variable.path("name").asText(), variable.path("value").asText());
    }
    return environment;
  }

  /** The workloads whose pods a set of labels selects; all for an empty set. */
  List<JsonNode> selected(JsonNode labels) {
    return workloads().stream()
        .filter(
            workload ->
                labels.properties().stream()
                    .allMatch(
                        label ->
                            label
                                .getValue()
                                .equals(
                                    template(workload)
                                        .at("/metadata/labels")
                                        .path(label.getKey()))))
        .toList();
  }

  /** Whether a workload's pods have a port of this name or number. */
  static boolean hasPort(JsonNode workload, JsonNode port) {
    for (JsonNode container : containers(pod(workload))) {
      for (JsonNode offered : container.path("ports")) {
        if (port.equals(offered.path("name")) || port.equals(offered.path("containerPort"))) {
          return true;
        }
      }
    }
    return false;
  }
}
