package ai.pathbound.identities.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Whether an overlay's autoscaler is the only one, scales something and may ask what it asks. */
final class ScalerRules {
  private final List<String> faults = new ArrayList<>();
  private final Rendered rendered;

  private ScalerRules(Rendered rendered) {
    this.rendered = rendered;
  }

  /** What is wrong with the autoscalers; empty: nothing. */
  static List<String> faults(Rendered rendered) {
    var rules = new ScalerRules(rendered);
    rules.autoscalers();
    rendered.kind("ScaledObject").forEach(rules::authentication);
    return rules.faults;
  }

  private void rule(boolean kept, String fault) {
    if (!kept) {
      faults.add(fault);
    }
  }

  private void authentication(JsonNode scaler) {
    for (JsonNode trigger : scaler.at("/spec/triggers")) {
      String name = trigger.at("/authenticationRef/name").asText();
      rule(
          name.isEmpty() || rendered.find("TriggerAuthentication", name).isPresent(),
          "no such TriggerAuthentication: " + name);
    }
  }

  private void autoscalers() {
    List<JsonNode> scalers = new ArrayList<>(rendered.kind("HorizontalPodAutoscaler"));
    scalers.addAll(rendered.kind("ScaledObject"));
    rule(scalers.size() <= 1, "two autoscalers: " + scalers.stream().map(Rendered::name).toList());
    for (JsonNode scaler : scalers) {
      JsonNode target = scaler.at("/spec/scaleTargetRef");
      var workload = rendered.find(target.path("kind").asText(), target.path("name").asText());
      rule(workload.isPresent(), Rendered.name(scaler) + " scales nothing");
      rule(
          workload.stream().allMatch(found -> found.at("/spec/replicas").isMissingNode()),
          Rendered.name(scaler) + " is overruled by replicas at every apply");
    }
  }
}
