package ai.pathbound.identities.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether every Secret that an overlay reads is one that an operator was told to make, with that
 * key, and whether a setting that names a file names one that is mounted there.
 */
final class SecretRules {
  private final List<String> faults = new ArrayList<>();
  private final Rendered rendered;
  private final DocumentedSecrets documented;

  private SecretRules(Rendered rendered, DocumentedSecrets documented) {
    this.rendered = rendered;
    this.documented = documented;
  }

  /** What an overlay reads that nobody was told to make; empty: nothing. */
  static List<String> faults(Rendered rendered, DocumentedSecrets documented) {
    var rules = new SecretRules(rendered, documented);
    for (JsonNode workload : rendered.workloads()) {
      JsonNode pod = Rendered.pod(workload);
      pod.path("volumes").forEach(volume -> rules.volume(volume.path("secret")));
      for (JsonNode container : Rendered.containers(pod)) {
        rules.variables(container);
        rules.files(pod, container);
      }
    }
    for (JsonNode authentication : rendered.kind("TriggerAuthentication")) {
      for (JsonNode wanted : authentication.at("/spec/secretTargetRef")) {
        rules.key(wanted.path("name").asText(), wanted.path("key").asText());
      }
    }
    for (JsonNode ingress : rendered.kind("Ingress")) {
      for (JsonNode tls : ingress.at("/spec/tls")) {
        rules.key(tls.path("secretName").asText(), "tls.crt");
        rules.key(tls.path("secretName").asText(), "tls.key");
      }
    }
    return rules.faults;
  }

  private void rule(boolean kept, String fault) {
    if (!kept) {
      faults.add(fault);
    }
  }

  private void key(String secret, String key) {
    rule(documented.has(secret, key), "not documented: " + key + " of the Secret " + secret);
  }

  private void volume(JsonNode secret) {
    if (secret.isObject()) {
      String name = secret.path("secretName").asText();
      rule(documented.keys().containsKey(name), "not documented: the Secret " + name);
      secret.path("items").forEach(item -> key(name, item.path("key").asText()));
    }
  }

  private void variables(JsonNode container) {
    for (JsonNode variable : container.path("env")) {
      JsonNode wanted = variable.at("/valueFrom/secretKeyRef");
      if (wanted.isObject()) {
        key(wanted.path("name").asText(), wanted.path("key").asText());
      }
    }
    for (JsonNode from : container.path("envFrom")) {
      String name = from.at("/secretRef/name").asText();
      rule(
          name.isEmpty() || documented.keys().containsKey(name),
          "not documented: the Secret " + name);
    }
  }

  /** Settings whose value is a path; one that ends in PATH is of a URL. */
  private void files(JsonNode pod, JsonNode container) {
    for (Map.Entry<String, String> setting : rendered.environment(container).entrySet()) {
      String path = setting.getValue().replaceFirst("^file:(//)?", "");
      if (path.startsWith("/") && !setting.getKey().endsWith("_PATH")) {
        file(setting.getKey() + " of " + container.path("name").asText(), path, pod, container);
      }
    }
  }

  private void file(String setting, String path, JsonNode pod, JsonNode container) {
    for (JsonNode mount : container.path("volumeMounts")) {
      String folder = mount.path("mountPath").asText() + "/";
      if (path.startsWith(folder)) {
        for (JsonNode volume : pod.path("volumes")) {
          if (volume.path("name").equals(mount.path("name"))) {
            provides(setting, path.substring(folder.length()), volume);
          }
        }
        return;
      }
    }
    faults.add(setting + " names " + path + ", where nothing is mounted");
  }

  private void provides(String setting, String file, JsonNode volume) {
    if (volume.has("secret")) {
      String secret = volume.at("/secret/secretName").asText();
      rule(
          documented.has(secret, file),
          setting + " names " + file + ", which the Secret " + secret + " does not hold");
    } else if (volume.has("configMap")) {
      String map = volume.at("/configMap/name").asText();
      rule(
          rendered.find("ConfigMap", map).filter(found -> found.path("data").has(file)).isPresent(),
          setting + " names " + file + ", which the ConfigMap " + map + " does not hold");
    }
  }
}
