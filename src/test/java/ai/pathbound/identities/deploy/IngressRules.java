package ai.pathbound.identities.deploy;

import ai.pathbound.identities.deploy.Policies.Door;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the way in from outside leads to /v1, to the page of connect links where there is one,
 * and to nothing else, with TLS, and gets there.
 */
final class IngressRules {
  private static final String API = "/v1";
  private static final String PAGE = "/connect";
  private static final String PAGE_SETTING = "IDENTITIES_CONNECT_BASE_URL";
  private static final String ANNOTATION = "nginx.ingress.kubernetes.io/";
  private static final List<String> TELLING = List.of("access-log", "opentelemetry");

  private final List<String> faults = new ArrayList<>();
  private final Map<String, Set<String>> hosts =
      Map.of(API, new HashSet<>(), PAGE, new HashSet<>());
  private final Rendered rendered;

  private IngressRules(Rendered rendered) {
    this.rendered = rendered;
  }

  /** What is wrong with an overlay's way in; empty: nothing. */
  static List<String> faults(Rendered rendered) {
    var rules = new IngressRules(rendered);
    rendered.kind("Ingress").forEach(rules::ingress);
    rules.page();
    return rules.faults;
  }

  private void rule(boolean kept, String fault) {
    if (!kept) {
      faults.add(fault);
    }
  }

  private void ingress(JsonNode ingress) {
    rule(ingress.at("/spec/defaultBackend").isMissingNode(), "the ingress has a default backend");
    rule(!ingress.at("/spec/tls").isEmpty(), "the ingress has no TLS");
    Set<String> certified = new HashSet<>();
    for (JsonNode tls : ingress.at("/spec/tls")) {
      tls.path("hosts").forEach(host -> certified.add(host.asText()));
    }
    for (JsonNode rule : ingress.at("/spec/rules")) {
      String host = rule.path("host").asText();
      rule(!host.isEmpty(), "the ingress takes any host");
      rule(certified.contains(host), "the ingress has no TLS for " + host);
      for (JsonNode path : rule.at("/http/paths")) {
        String exposed = path.path("path").asText();
        rule(
            hosts.containsKey(exposed) && path.path("pathType").asText().equals("Prefix"),
            "the ingress exposes " + exposed);
        hosts.getOrDefault(exposed, new HashSet<>()).add(host);
        if (exposed.equals(PAGE)) {
          silent(ingress);
        }
        backend(ingress, path.at("/backend/service"));
      }
    }
  }

  /** A link's address is its secret. */
  private void silent(JsonNode ingress) {
    for (String what : TELLING) {
      rule(
          ingress
              .at("/metadata/annotations")
              .path(ANNOTATION + "enable-" + what)
              .asText()
              .equals("false"),
          "the ingress tells the addresses of links: " + what);
    }
  }

  private void page() {
    rule(
        Collections.disjoint(hosts.get(API), hosts.get(PAGE)),
        "the page of connect links shares a host with the API");
    JsonNode serving = Rendered.pod(rendered.identities()).at("/containers/0");
    Optional<URI> page =
        Optional.ofNullable(rendered.environment(serving).get(PAGE_SETTING)).map(URI::create);
    rule(page.isEmpty() || page.get().getScheme().equals("https"), PAGE_SETTING + " is not https");
    Set<String> named = page.map(url -> Set.of(url.getHost())).orElse(Set.of());
    rule(
        rendered.kind("Ingress").isEmpty() || named.equals(hosts.get(PAGE)),
        PAGE_SETTING + " names " + named + ", the ingress leads there from " + hosts.get(PAGE));
  }

  private void backend(JsonNode ingress, JsonNode backend) {
    List<JsonNode> ports = new ArrayList<>();
    var service = rendered.find("Service", backend.path("name").asText());
    service.ifPresent(found -> found.at("/spec/ports").forEach(ports::add));
    ports.removeIf(port -> !port.path("name").equals(backend.at("/port/name")));
    rule(!ports.isEmpty(), "the ingress leads to no service's port");
    for (JsonNode port : ports) {
      for (JsonNode workload : rendered.selected(service.orElseThrow().at("/spec/selector"))) {
        rule(
            letsIn(
                ingress.at("/spec/ingressClassName").asText(),
                Policies.door(workload, port.path("targetPort"))),
            "no policy lets the ingress controller in to " + Rendered.name(workload));
      }
    }
  }

  /** The controller's namespace is named after its class: "nginx" in "ingress-nginx". */
  private boolean letsIn(String controller, Door door) {
    for (JsonNode hole : new Policies(rendered).holes("Ingress", door.workload())) {
      for (JsonNode peer : hole.path("from")) {
        if (Policies.opens(hole, door)
            && peer.at("/namespaceSelector/matchLabels/kubernetes.io~1metadata.name")
                .asText()
                .contains(controller)) {
          return true;
        }
      }
    }
    return false;
  }
}
