package ai.pathbound.identities.deploy;

import ai.pathbound.identities.deploy.Policies.Door;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether an overlay's pods reach what their settings name: a Service that is there, on a port that
 * it has, through the network policies of both ends.
 */
final class AddressRules {
  private static final String DATABASE = "QUARKUS_DATASOURCE_REACTIVE_URL";
  private static final int POSTGRES = 5432;
  private static final int HTTPS = 443;
  private static final IntNode DNS = IntNode.valueOf(53);

  private final List<String> faults = new ArrayList<>();
  private final Rendered rendered;
  private final Policies policies;

  private AddressRules(Rendered rendered) {
    this.rendered = rendered;
    this.policies = new Policies(rendered);
  }

  /** Which addresses lead nowhere; empty: none. */
  static List<String> faults(Rendered rendered) {
    var rules = new AddressRules(rendered);
    JsonNode identities = rendered.identities();
    rules.program(identities, rendered.environment(Rendered.pod(identities).at("/containers/0")));
    for (JsonNode workload : rendered.workloads()) {
      rules.names(workload);
      for (JsonNode container : Rendered.containers(Rendered.pod(workload))) {
        rules.eventBus(workload, rendered.environment(container));
        rules.database(workload, container);
      }
    }
    return rules.faults;
  }

  private void rule(boolean kept, String fault) {
    if (!kept) {
      faults.add(fault);
    }
  }

  private void program(JsonNode identities, Map<String, String> settings) {
    rule(settings.containsKey(DATABASE), "nothing says " + DATABASE);
    if ("webdriver".equals(settings.get("IDENTITIES_LINKEDIN_CONNECTOR"))) {
      url(identities, settings, "IDENTITIES_LINKEDIN_WEBDRIVER_ENDPOINT", HTTPS);
    }
    for (String optional :
        List.of("MP_JWT_VERIFY_PUBLICKEY_LOCATION", "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT")) {
      if (settings.getOrDefault(optional, "").startsWith("http")) {
        url(identities, settings, optional, HTTPS);
      }
    }
  }

  /** Each client wants the authority said in its own way: ours by two of them, psql by its own. */
  private void database(JsonNode workload, JsonNode container) {
    Map<String, String> settings = rendered.environment(container);
    if (settings.containsKey(DATABASE)) {
      url(workload, settings, DATABASE, POSTGRES);
      List<String> authorities =
          workload.equals(rendered.identities())
              ? List.of(
                  "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS",
                  "QUARKUS_DATASOURCE_JDBC_ADDITIONAL_JDBC_PROPERTIES_SSLROOTCERT")
              : List.of("PGSSLROOTCERT");
      rule(
          !settings.get(DATABASE).contains("sslmode=verify")
              || settings.keySet().containsAll(authorities),
          Rendered.name(workload) + " is not told the database's authority");
    }
  }

  private void url(JsonNode from, Map<String, String> settings, String setting, int otherwise) {
    URI url = URI.create(settings.getOrDefault(setting, ""));
    rule(url.getHost() != null, setting + " names no host");
    if (url.getHost() != null) {
      address(from, setting, url.getHost(), url.getPort() < 0 ? otherwise : url.getPort());
    }
  }

  /** A browser's node announces itself to the hub on two ports. */
  private void eventBus(JsonNode node, Map<String, String> settings) {
    if (settings.containsKey("SE_EVENT_BUS_HOST")) {
      for (String port : List.of("SE_EVENT_BUS_PUBLISH_PORT", "SE_EVENT_BUS_SUBSCRIBE_PORT")) {
        address(
            node,
            "SE_EVENT_BUS_HOST",
            settings.get("SE_EVENT_BUS_HOST"),
            Integer.parseInt(settings.getOrDefault(port, "0")));
      }
    }
  }

  /** A name without a dot is a Service of this namespace, which the overlay has to bring. */
  private void address(JsonNode from, String setting, String host, int number) {
    IntNode port = IntNode.valueOf(number);
    if (host.contains(".")) {
      reaches(from, setting, new Door(Policies.OUTSIDE, "TCP", Set.of(port)));
      return;
    }
    List<JsonNode> doors = new ArrayList<>();
    rendered
        .find("Service", host)
        .ifPresent(service -> service.at("/spec/ports").forEach(doors::add));
    doors.removeIf(door -> !door.path("port").equals(port));
    rule(!doors.isEmpty(), setting + " names no Service's port: " + host + ":" + number);
    for (JsonNode door : doors) {
      JsonNode selector = rendered.find("Service", host).orElseThrow().at("/spec/selector");
      for (JsonNode workload : rendered.selected(selector)) {
        reaches(from, setting, Policies.door(workload, door.path("targetPort")));
      }
    }
  }

  private void reaches(JsonNode from, String setting, Door door) {
    String where = Rendered.name(from) + " to " + setting + " on " + door.port();
    rule(policies.leaves(from, door), "no policy lets out " + where);
    rule(
        door.workload().isMissingNode() || policies.enters(from, door),
        "no policy lets in " + where);
  }

  /** Who may send anything to anybody has to find them by name. */
  private void names(JsonNode workload) {
    for (String protocol : List.of("UDP", "TCP")) {
      rule(
          policies.holes("Egress", workload).isEmpty()
              || policies.leaves(workload, new Door(Policies.CLUSTER, protocol, Set.of(DNS))),
          "no policy lets " + Rendered.name(workload) + " ask DNS by " + protocol);
    }
  }
}
