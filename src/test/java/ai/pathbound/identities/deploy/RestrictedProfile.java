package ai.pathbound.identities.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Kubernetes' Pod Security Standard "restricted" (which includes "baseline"), rule by rule, and
 * what this project asks beyond it.
 */
final class RestrictedProfile {
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");
  private static final Set<String> SECCOMP = Set.of("RuntimeDefault", "Localhost");
  private static final Set<String> SELINUX =
      Set.of("container_t", "container_init_t", "container_kvm_t", "container_engine_t");

  private final List<String> faults = new ArrayList<>();

  private RestrictedProfile() {}

  /** Which rules the pods of an overlay break; empty: none. */
  static List<String> faults(Rendered rendered) {
    var profile = new RestrictedProfile();
    for (JsonNode workload : rendered.workloads()) {
      profile.pod(Rendered.name(workload), Rendered.pod(workload));
    }
    return profile.faults;
  }

  private void rule(boolean kept, String where, String rule) {
    if (!kept) {
      faults.add(where + ": " + rule);
    }
  }

  private void pod(String where, JsonNode pod) {
    for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
      rule(!pod.path(host).asBoolean(), where, host);
    }
    for (JsonNode volume : pod.path("volumes")) {
      volume
          .fieldNames()
          .forEachRemaining(
              type ->
                  rule(type.equals("name") || VOLUMES.contains(type), where, "volume of " + type));
    }
    JsonNode context = pod.path("securityContext");
    shared(where, context);
    rule(context.path("sysctls").isEmpty(), where, "sysctls");
    rule(!pod.path("automountServiceAccountToken").asBoolean(true), where, "token is mounted");
    for (JsonNode container : Rendered.containers(pod)) {
      container(where + "/" + container.path("name").asText(), container, context);
    }
  }

  /** What a pod and a container may both say. */
  private void shared(String where, JsonNode context) {
    rule(context.path("runAsNonRoot").asBoolean(true), where, "runAsNonRoot");
    rule(context.path("runAsUser").asLong(1) != 0, where, "runAsUser 0");
    JsonNode seccomp = context.at("/seccompProfile/type");
    rule(seccomp.isMissingNode() || SECCOMP.contains(seccomp.asText()), where, "seccompProfile");
    JsonNode armor = context.at("/appArmorProfile/type");
    rule(armor.isMissingNode() || SECCOMP.contains(armor.asText()), where, "appArmorProfile");
    JsonNode type = context.at("/seLinuxOptions/type");
    rule(type.isMissingNode() || SELINUX.contains(type.asText()), where, "seLinuxOptions.type");
    rule(context.at("/seLinuxOptions/user").isMissingNode(), where, "seLinuxOptions.user");
    rule(context.at("/seLinuxOptions/role").isMissingNode(), where, "seLinuxOptions.role");
    rule(!context.at("/windowsOptions/hostProcess").asBoolean(), where, "hostProcess");
  }

  private void container(String where, JsonNode container, JsonNode pod) {
    JsonNode context = container.path("securityContext");
    shared(where, context);
    rule(either(context, pod, "/runAsNonRoot").asBoolean(), where, "runAsNonRoot is not said");
    rule(
        SECCOMP.contains(either(context, pod, "/seccompProfile/type").asText()),
        where,
        "seccompProfile is not said");
    rule(!context.path("privileged").asBoolean(), where, "privileged");
    rule(
        !context.path("allowPrivilegeEscalation").asBoolean(true),
        where,
        "allowPrivilegeEscalation");
    boolean dropsAll = false;
    for (JsonNode dropped : context.at("/capabilities/drop")) {
      dropsAll |= dropped.asText().equals("ALL");
    }
    rule(dropsAll, where, "capabilities are not dropped");
    for (JsonNode added : context.at("/capabilities/add")) {
      rule(added.asText().equals("NET_BIND_SERVICE"), where, "capability " + added.asText());
    }
    rule(context.path("procMount").asText("Default").equals("Default"), where, "procMount");
    for (JsonNode port : container.path("ports")) {
      rule(port.path("hostPort").asInt() == 0, where, "hostPort");
    }
    for (JsonNode host : container.findValues("host")) {
      rule(host.isMissingNode(), where, "a probe or hook names a host");
    }
    ownRules(where, container);
  }

  /** Beyond the profile: bounded everywhere, and our own image writes nothing to its root. */
  private void ownRules(String where, JsonNode container) {
    for (String bound : List.of("/requests/cpu", "/requests/memory", "/limits/memory")) {
      rule(!container.path("resources").at(bound).isMissingNode(), where, "no resources" + bound);
    }
    rule(
        !Rendered.isOurs(container)
            || container.at("/securityContext/readOnlyRootFilesystem").asBoolean(),
        where,
        "readOnlyRootFilesystem");
  }

  private static JsonNode either(JsonNode container, JsonNode pod, String pointer) {
    JsonNode own = container.at(pointer);
    return own.isMissingNode() ? pod.at(pointer) : own;
  }
}
