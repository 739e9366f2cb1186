package ai.pathbound.identities.connect;

import ai.pathbound.identities.problem.RefusalException;
import ai.pathbound.identities.secret.Secret;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/** Where browsers reach the page of connect links. */
@ApplicationScoped
public class ConnectAddress {
  /** The path of the page. */
  public static final String PATH = "/connect";

  private static final Logger LOG = Logger.getLogger(ConnectAddress.class);
  private static final String FORWARDING = "quarkus.http.proxy.proxy-address-forwarding";
  private static final String SETTING = "identities.connect.base-url";
  private static final Duration SHORTEST_KEEP = Duration.ofDays(1);
  private static final Duration LONGEST_SWEEP = Duration.ofMinutes(1);

  private final Optional<String> origin;
  private final ConnectSettings settings;

  /**
   * Of these settings.
   *
   * @throws ConfigurationException where the address is unfit
   */
  public ConnectAddress(ConnectSettings settings) {
    this.settings = settings;
    try {
      this.origin = settings.baseUrl().map(BaseUrl::parse);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(SETTING + " " + e.getMessage());
    }
  }

  void check(@Observes StartupEvent start) {
    if (settings.keep().compareTo(SHORTEST_KEEP) < 0) {
      throw new ConfigurationException(
          "identities.connect.keep is less than a day (1D), for which an ended link can be asked"
              + " for");
    }
    if (settings.sweepInterval().compareTo(LONGEST_SWEEP) > 0) {
      throw new ConfigurationException(
          "identities.connect.sweep-interval is more than a minute (1M), for which a login may run"
              + " on after its link's end");
    }
    if (origin.filter(url -> url.startsWith("https:")).isPresent()
        && !ConfigProvider.getConfig().getOptionalValue(FORWARDING, Boolean.class).orElse(false)) {
      LOG.warnf(
          "%s is set and %s is not: behind a proxy all holders come from its one address, share"
              + " one limit and consent from there",
          SETTING, FORWARDING);
    }
  }

  /** Whether there is a page. */
  public boolean isConfigured() {
    return origin.isPresent();
  }

  /** Its origin; refuses with {@code connect_not_configured} where there is no page. */
  public String requireOrigin() {
    return origin.orElseThrow(
        () ->
            RefusalException.of(
                RefusalException.Kind.NOT_FOUND,
                "connect_not_configured",
                "This service has no page for connect links: its operator has not set "
                    + SETTING
                    + "."));
  }

  /** The URL of a link, whose token is its only secret part. */
  public Secret url(Secret token) {
    return Secret.of(requireOrigin() + PATH + "/" + token.reveal());
  }
}
