package ai.pathbound.identities.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/** What an overlay's network policies let through, as Kubernetes adds them up. */
record Policies(Rendered rendered) {
  /** Everything that is not of this overlay: other namespaces, the internet. */
  static final JsonNode OUTSIDE = MissingNode.getInstance();

  /**
   * Another namespace of this cluster: a block of addresses that leaves some out may not mean it.
   */
  static final JsonNode CLUSTER = NullNode.getInstance();

  /**
   * Where packets go to.
   *
   * @param workload whose pods; {@link #OUTSIDE} or {@link #CLUSTER} for somebody else's
   * @param port its number, and its name in these pods where it has one
   */
  record Door(JsonNode workload, String protocol, Set<JsonNode> port) {}

  /** The door that a Service's {@code targetPort}, a name or a number, means. */
  static Door door(JsonNode workload, JsonNode target) {
    Set<JsonNode> port = new HashSet<>(Set.of(target));
    for (JsonNode container : Rendered.containers(Rendered.pod(workload))) {
      for (JsonNode offered : container.path("ports")) {
        if (target.equals(offered.path("name")) || target.equals(offered.path("containerPort"))) {
          port.add(offered.path("name"));
          port.add(offered.path("containerPort"));
        }
      }
    }
    return new Door(workload, "TCP", port);
  }

  /** Whether pods of {@code from} may send to this door. */
  boolean leaves(JsonNode from, Door door) {
    return passes("Egress", from, "to", door.workload(), door);
  }

  /** Whether the door's pods take what pods of {@code from} send. */
  boolean enters(JsonNode from, Door door) {
    return passes("Ingress", door.workload(), "from", from, door);
  }

  private boolean passes(String way, JsonNode pods, String side, JsonNode other, Door door) {
    return policies(way, pods).isEmpty()
        || holes(way, pods).stream()
            .anyMatch(hole -> opens(hole, door) && admits(hole.path(side), other));
  }

  /** The policies that deny these pods all traffic of one way but their holes'. */
  private List<JsonNode> policies(String way, JsonNode pods) {
    return rendered.kind("NetworkPolicy").stream()
        .filter(policy -> labels(policy.at("/spec/podSelector"), pods))
        .filter(policy -> any(policy.at("/spec/policyTypes"), type -> way.equals(type.asText())))
        .toList();
  }

  /** The exceptions that hold for these pods. */
  List<JsonNode> holes(String way, JsonNode pods) {
    return policies(way, pods).stream()
        .map(policy -> policy.path("spec").path(way.toLowerCase(Locale.ROOT)))
        .flatMap(holes -> StreamSupport.stream(holes.spliterator(), false))
        .toList();
  }

  /** Whether a hole is one for this door's port. */
  static boolean opens(JsonNode hole, Door door) {
    return hole.path("ports").isEmpty()
        || any(
            hole.path("ports"),
            port ->
                port.path("protocol").asText("TCP").equals(door.protocol())
                    && (port.path("port").isMissingNode()
                        || door.port().contains(port.path("port"))));
  }

  private static boolean admits(JsonNode peers, JsonNode other) {
    return peers.isEmpty()
        || any(
            peers,
            peer ->
                other.isObject()
                    ? peer.has("podSelector") && labels(peer.path("podSelector"), other)
                    : peer.has("namespaceSelector")
                        || peer.has("ipBlock")
                            && (other.isMissingNode() || peer.at("/ipBlock/except").isEmpty()));
  }

  private static boolean labels(JsonNode selector, JsonNode workload) {
    JsonNode labels = Rendered.template(workload).at("/metadata/labels");
    return selector.path("matchExpressions").isEmpty()
        && selector.path("matchLabels").properties().stream()
            .allMatch(label -> label.getValue().equals(labels.path(label.getKey())));
  }

  private static boolean any(JsonNode list, Predicate<JsonNode> condition) {
    return StreamSupport.stream(list.spliterator(), false).anyMatch(condition);
  }
}
