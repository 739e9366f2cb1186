package ai.pathbound.identities.deploy;

import ai.pathbound.identities.login.LoginSettings;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether an overlay runs the program that this repository builds: image, ports, probes, settings.
 */
final class ProgramRules {
  /** Seconds to give logins back and for the process to end. */
  private static final int TO_END = 10;

  private final List<String> faults = new ArrayList<>();
  private final KnownSettings settings;
  private final NativeImage image;

  private ProgramRules(KnownSettings settings, NativeImage image) {
    this.settings = settings;
    this.image = image;
  }

  /** Where an overlay and the program disagree; empty: nowhere. */
  static List<String> faults(Rendered rendered, KnownSettings settings, NativeImage image) {
    var rules = new ProgramRules(settings, image);
    JsonNode pod = Rendered.pod(rendered.identities());
    JsonNode serving = pod.at("/containers/0");
    JsonNode migrating = pod.at("/initContainers/0");
    rules.settings(rendered, List.of(serving, migrating));
    rules.image(pod, serving, migrating);
    rules.probes(serving);
    rules.shutdown(pod, rendered.environment(serving));
    rules.migration(rendered.environment(migrating), migrating, serving);
    rules.mounts(pod, serving);
    return rules.faults;
  }

  private void rule(boolean kept, String fault) {
    if (!kept) {
      faults.add(fault);
    }
  }

  private void settings(Rendered rendered, List<JsonNode> containers) {
    for (JsonNode container : containers) {
      Set<String> names = rendered.environment(container).keySet();
      for (String unknown : settings.unknown(names)) {
        faults.add("nothing in the program reads " + unknown);
      }
      for (JsonNode from : container.path("envFrom")) {
        rule(
            rendered.find("ConfigMap", from.at("/configMapRef/name").asText()).isPresent(),
            "no such ConfigMap: " + from);
      }
    }
    for (JsonNode map : rendered.kind("ConfigMap")) {
      map.path("data")
          .fieldNames()
          .forEachRemaining(
              name ->
                  rule(!name.matches("(?i).*(password|secret_key|token).*"), name + " in clear"));
    }
  }

  private void image(JsonNode pod, JsonNode serving, JsonNode migrating) {
    JsonNode context = pod.path("securityContext");
    rule(context.path("runAsUser").asInt() == image.user(), "runAsUser is not Dockerfile's USER");
    rule(
        context.path("runAsGroup").asInt() == image.group(), "runAsGroup is not Dockerfile's USER");
    rule(
        serving.path("image").equals(migrating.path("image")),
        "the migration is of another image than the program");
    int port = Integer.parseInt(settings.carried("quarkus.http.port", "8080"));
    rule(image.port() == port, "Dockerfile exposes another port than quarkus.http.port");
    rule(
        serving.at("/ports/0/containerPort").asInt() == port,
        "the container's port is not quarkus.http.port");
    rule(serving.path("command").isMissingNode(), "the image's ENTRYPOINT is overridden");
  }

  private void probes(JsonNode serving) {
    String root =
        settings.carried("quarkus.http.non-application-root-path", "/q")
            + "/"
            + settings.carried("quarkus.smallrye-health.root-path", "health");
    for (var probe :
        Map.of("startupProbe", "started", "livenessProbe", "live", "readinessProbe", "ready")
            .entrySet()) {
      JsonNode http = serving.path(probe.getKey()).path("httpGet");
      rule(
          http.path("path").asText().equals(root + "/" + probe.getValue()),
          probe.getKey() + " asks for " + http.path("path").asText("nothing"));
      JsonNode port = http.path("port");
      rule(
          port.equals(serving.at("/ports/0/name")) || port.equals(IntNode.valueOf(image.port())),
          probe.getKey() + " asks on another port");
    }
  }

  private void shutdown(JsonNode pod, Map<String, String> environment) {
    Duration delay = setting(environment, "quarkus.shutdown.delay");
    Duration timeout = setting(environment, "quarkus.shutdown.timeout");
    Duration drain =
        setting(environment, "identities.linkedin.worker.drain-timeout", drainTimeout());
    long grace = pod.path("terminationGracePeriodSeconds").asLong(30);
    rule(
        grace >= delay.plus(timeout).plus(drain).toSeconds() + TO_END,
        "terminationGracePeriodSeconds is shorter than the shutdown");
    rule(
        delay.isZero()
            || Boolean.parseBoolean(settings.carried("quarkus.shutdown.delay-enabled", "false")),
        "quarkus.shutdown.delay does nothing: quarkus.shutdown.delay-enabled is not built in");
  }

  private static String drainTimeout() {
    try {
      return LoginSettings.Worker.class
          .getMethod("drainTimeout")
          .getAnnotation(WithDefault.class)
          .value();
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private Duration setting(Map<String, String> environment, String name) {
    return setting(environment, name, "0s");
  }

  private Duration setting(Map<String, String> environment, String name, String otherwise) {
    String variable = name.replaceAll("[^a-z]", "_").toUpperCase(java.util.Locale.ROOT);
    String value = environment.getOrDefault(variable, settings.carried(name, otherwise));
    return DurationConverter.parseDuration(value);
  }

  private void migration(Map<String, String> environment, JsonNode migrating, JsonNode serving) {
    rule(
        "true".equals(environment.get("IDENTITIES_DATABASE_MIGRATE_AND_EXIT")),
        "the init container does not end after the migration");
    Set<String> owners = secretsOf(migrating, "QUARKUS_DATASOURCE_");
    rule(!owners.isEmpty(), "the migration has no credentials of its own");
    owners.retainAll(secretsOf(serving, "QUARKUS_DATASOURCE_"));
    rule(owners.isEmpty(), "the program serves with the owner's credentials");
  }

  private static Set<String> secretsOf(JsonNode container, String prefix) {
    Set<String> secrets = new HashSet<>();
    for (JsonNode variable : container.path("env")) {
      if (variable.path("name").asText().startsWith(prefix)) {
        secrets.add(variable.at("/valueFrom/secretKeyRef/name").asText());
      }
    }
    secrets.remove("");
    return secrets;
  }

  private void mounts(JsonNode pod, JsonNode serving) {
    Set<String> volumes = new HashSet<>(pod.path("volumes").findValuesAsText("name"));
    for (JsonNode mount : serving.path("volumeMounts")) {
      String name = mount.path("name").asText();
      rule(volumes.contains(name), "no volume " + name);
    }
    rule(
        serving.path("volumeMounts").findValuesAsText("mountPath").contains("/tmp"),
        "nothing to write to: no /tmp");
  }
}
