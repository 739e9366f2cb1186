package ai.pathbound.identities.deploy;

import static ai.pathbound.identities.deploy.DeployRulesTest.at;
import static ai.pathbound.identities.deploy.DeployRulesTest.broken;
import static ai.pathbound.identities.deploy.DeployRulesTest.first;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** What leads nowhere: addresses, files, Secrets, policies that are too tight. */
final class BrokenWiring {
  private static final String POD = "/spec/template/spec";

  private BrokenWiring() {}

  static Stream<Arguments> cases() {
    return Stream.of(
        setting(
            "DATASOURCE_REACTIVE_URL on [6432]",
            "QUARKUS_DATASOURCE_REACTIVE_URL",
            "postgresql://postgres.example.com:6432/identities"),
        setting(
            "URL names no Service's port: postgres:5432",
            "QUARKUS_DATASOURCE_REACTIVE_URL",
            "postgresql://postgres:5432/identities"),
        setting(
            "ENDPOINT names no Service's port: selenium:4444",
            "IDENTITIES_LINKEDIN_WEBDRIVER_ENDPOINT",
            "http://selenium:4444"),
        setting(
            "ENDPOINT names no Service's port: selenium-hub:4445",
            "IDENTITIES_LINKEDIN_WEBDRIVER_ENDPOINT",
            "http://selenium-hub:4445"),
        setting("ENDPOINT names no host", "IDENTITIES_LINKEDIN_WEBDRIVER_ENDPOINT", ""),
        setting(
            "LOCATION on [8443]",
            "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
            "https://issuer.example.com:8443/jwks.json"),
        setting(
            "names /etc/keys/keys.json, where nothing is mounted",
            "IDENTITIES_SECRETS_KEYS",
            "/etc/keys/keys.json"),
        setting(
            "KEYS of migrate names key.json, which the Secret",
            "IDENTITIES_SECRETS_KEYS",
            "file:/etc/identities/sealing-keys/key.json"),
        setting(
            "names jwk.json, which the Secret identities-jwt",
            "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
            "/etc/identities/jwt/jwk.json"),
        broken(
            "CERTS of identities names /etc/identities/database/ca.crt, where",
            "Deployment",
            d -> mounts(d, "/containers/0").remove(3)),
        broken(
            "ROOTCERT of migrate names /etc/identities/database/ca.crt, where",
            "Deployment",
            d -> mounts(d, "/initContainers/0").remove(3)),
        broken(
            "CronJob audit-pruning is not told the database's authority",
            "CronJob audit-pruning",
            c -> ((ArrayNode) c.at("/spec/jobTemplate" + POD + "/containers/0/env")).remove(2)),
        broken(
            "lets out CronJob audit-pruning to QUARKUS_DATASOURCE",
            "NetworkPolicy audit-pruning",
            ObjectNode::removeAll),
        broken(
            "not documented: the Secret identities-keys",
            "Deployment",
            d -> at(d, POD + "/volumes/1/secret").put("secretName", "identities-keys")),
        broken(
            "not documented: user of the Secret identities-database",
            "Deployment",
            d -> at(d, POD + "/containers/0/env/0/valueFrom/secretKeyRef").put("key", "user")),
        broken(
            "not documented: url of the Secret identities-keda",
            "TriggerAuthentication",
            t -> first(t, "/spec/secretTargetRef").put("key", "url")),
        broken(
            "not documented: tls.crt of the Secret identities-cert",
            "Ingress",
            i -> first(i, "/spec/tls").put("secretName", "identities-cert")),
        broken(
            "no TLS for api.example.com",
            "Ingress",
            i -> first(i, "/spec/rules").put("host", "api.example.com")),
        broken(
            "no such TriggerAuthentication: identities-queue",
            "TriggerAuthentication",
            t -> at(t, "/metadata").put("name", "identities-line")),
        broken(
            "SE_EVENT_BUS_HOST names no Service's port: hub:4442",
            "Deployment selenium-chromium",
            d -> first(d, POD + "/containers/0/env").put("value", "hub")));
  }

  static Stream<Arguments> policies() {
    return Stream.of(
        broken("identities ask DNS by UDP", "NetworkPolicy dns", ObjectNode::removeAll),
        broken(
            "selenium-chromium ask DNS by TCP",
            "NetworkPolicy dns",
            n -> ((ArrayNode) n.at("/spec/egress/0/ports")).remove(1)),
        broken(
            "lets out Deployment identities to QUARKUS_DATASOURCE",
            "NetworkPolicy identities",
            n -> first(n, "/spec/egress/0/ports").put("port", 6432)),
        broken(
            "NetworkPolicy identities lets pods reach what is inside",
            "NetworkPolicy identities",
            n -> ((ArrayNode) n.at("/spec/egress/1/to/0/ipBlock/except")).remove(0)),
        broken(
            "lets out Deployment identities to IDENTITIES_LINKEDIN_WEBDRIVER",
            "NetworkPolicy identities-to-selenium",
            ObjectNode::removeAll),
        broken(
            "lets in Deployment identities to IDENTITIES_LINKEDIN_WEBDRIVER",
            "NetworkPolicy selenium-hub",
            n -> first(n, "/spec/ingress/0/ports").put("port", "publish")),
        broken(
            "lets in Deployment selenium-chromium to SE_EVENT_BUS_HOST",
            "NetworkPolicy selenium-hub",
            n -> ((ArrayNode) n.at("/spec/ingress/1/ports")).remove(1)),
        broken(
            "lets the ingress controller in",
            "NetworkPolicy identities-from-ingress",
            ObjectNode::removeAll),
        broken(
            "lets the ingress controller in",
            "NetworkPolicy identities-from-ingress",
            n ->
                at(n, "/spec/ingress/0/from/0/namespaceSelector/matchLabels")
                    .put("kubernetes.io/metadata.name", "traefik")));
  }

  private static Arguments setting(String fault, String name, String value) {
    Consumer<ObjectNode> how = map -> at(map, "/data").put(name, value);
    return broken(fault, "ConfigMap", how);
  }

  private static ArrayNode mounts(JsonNode deployment, String container) {
    return (ArrayNode) deployment.at(POD + container + "/volumeMounts");
  }
}
