package ai.pathbound.identities.webhook.guard;

import ai.pathbound.identities.tenant.TenantId;
import ai.pathbound.identities.webhook.WebhookSettings;
import ai.pathbound.identities.webhook.guard.AddressNotAllowedException.Why;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a message may be sent to a URL. Every address of its host must be global ({@link
 * SpecialRange}) or in a network that the operator allows; the answer names the addresses to
 * connect to, so that a name which changes its mind afterwards changes nothing.
 */
@Startup // A network that cannot be read stops the start, and not the first call.
@ApplicationScoped
public class AddressGuard {
  private static final int LONGEST_URL = 2048;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final int LAST_PORT = 65_535;

  /** How long a call waits for a name server. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final HostResolver resolver;
  private final List<Network> allowed;
  private final List<Network> refused;
  private final List<Network> special = SpecialRange.networks();

  /** Asks {@code resolver} for the addresses of names. */
  public AddressGuard(WebhookSettings settings, HostResolver resolver) {
    this.resolver = resolver;
    this.allowed = networks("allowed-networks", settings.allowedNetworks());
    this.refused = networks("refused-networks", settings.refusedNetworks());
  }

  private static List<Network> networks(String setting, Optional<List<String>> cidrs) {
    return cidrs.orElse(List.of()).stream()
        .map(
            cidr ->
                Network.parse(cidr)
                    .orElseThrow(
                        () ->
                            new ConfigurationException(
                                "identities.webhooks." + setting + " holds no CIDR: " + cidr)))
        .toList();
  }

  /**
   * Where to connect to now; fails with {@link AddressNotAllowedException} where nothing may be
   * sent there, or where the name has no address.
   */
  public Uni<Target> resolve(TenantId tenant, String url) {
    return Uni.createFrom().item(() -> parse(url)).flatMap(uri -> resolve(tenant, uri));
  }

  /**
   * Whether an endpoint may have that URL; fails with {@link AddressNotAllowedException}. A name
   * without an address is taken, by {@code https}: it may get one.
   */
  public Uni<Void> check(TenantId tenant, String url) {
    return resolve(tenant, url)
        .ifNoItem()
        .after(PATIENCE)
        .failWith(
            () -> new AddressNotAllowedException(Why.NAME_NOT_RESOLVED, "its host has no address"))
        .replaceWithVoid()
        .onFailure(
            failure ->
                failure instanceof AddressNotAllowedException no
                    && no.why() == Why.NAME_NOT_RESOLVED
                    && "https".equalsIgnoreCase(parse(url).getScheme()))
        .recoverWithNull();
  }

  /** The parts of a URL that is written so that every parser reads it alike. */
  private URI parse(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw no("it is not a URL");
    }
    boolean http = "http".equalsIgnoreCase(uri.getScheme());
    if (!http && !"https".equalsIgnoreCase(uri.getScheme())) {
      throw no("it must begin with https://");
    }
    if (url.length() > LONGEST_URL || !url.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw no("it must be 1 to " + LONGEST_URL + " characters of ASCII");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw no("it must hold neither credentials nor a fragment");
    }
    if (uri.getHost() == null || !HostNotation.isPlain(uri.getHost())) {
      throw no(
          "its host must be a name, an IPv4 address of four decimal numbers or an IPv6 address in"
              + " brackets");
    }
    if (uri.getPort() == 0 || uri.getPort() > LAST_PORT) {
      throw no("its port must be 1 to " + LAST_PORT);
    }
    return uri;
  }

  private Uni<Target> resolve(TenantId tenant, URI uri) {
    String host = uri.getHost().replaceAll("[\\[\\]]", "");
    return HostNotation.literal(host)
        .map(address -> Uni.createFrom().item(List.of(address)))
        .orElseGet(() -> resolver.resolve(tenant, host))
        .map(addresses -> target(uri, host, addresses));
  }

  private Target target(URI uri, String host, List<InetAddress> addresses) {
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    if (addresses.isEmpty()) {
      throw new AddressNotAllowedException(Why.NAME_NOT_RESOLVED, "its host has no address");
    }
    // All of them: who may choose one address among several may choose the worst.
    for (InetAddress address : addresses) {
      boolean welcome = isIn(allowed, address);
      if (!welcome && !secure) {
        throw no("it must begin with https://");
      }
      if (!welcome && (isIn(refused, address) || isIn(special, address))) {
        throw no("its host is not on the internet");
      }
    }
    int port = uri.getPort() > 0 ? uri.getPort() : secure ? HTTPS : HTTP;
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    return new Target(secure, host, port, path + query, List.copyOf(addresses));
  }

  private static boolean isIn(List<Network> networks, InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address.getAddress()));
  }

  private static AddressNotAllowedException no(String why) {
    return new AddressNotAllowedException(Why.URL_NOT_ALLOWED, why);
  }
}
