package ai.pathbound.identities.login.connector;

import ai.pathbound.identities.login.LoginSettings;
import ai.pathbound.identities.login.session.Country;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import org.jboss.logging.Logger;

/**
 * Picks, when the program starts, the one connector that {@code identities.linkedin.connector}
 * names: every connector is in the program, each under its {@link Identifier}.
 */
@ApplicationScoped
public class ConnectorChoice {
  private static final Logger LOG = Logger.getLogger(ConnectorChoice.class);

  private final LoginSettings settings;
  private final Instance<LinkedInConnector> connectors;

  public ConnectorChoice(LoginSettings settings, @Any Instance<LinkedInConnector> connectors) {
    this.settings = settings;
    this.connectors = connectors;
  }

  /**
   * The connector that is injected as {@link LinkedInConnector}.
   *
   * @throws ConfigurationException where none is named, or none of that name exists
   */
  @Produces
  @ApplicationScoped
  public LinkedInConnector chosen() {
    String name = name();
    Instance<LinkedInConnector> named = connectors.select(Identifier.Literal.of(name));
    if (!named.isResolvable()) {
      throw new ConfigurationException(
          "identities.linkedin.connector is '" + name + "': use sandbox or webdriver.");
    }
    return named.get();
  }

  /**
   * Stops a start without a usable connector. Exposes the choice as a metric, and warns of the
   * sandbox in production.
   */
  void check(@Observes StartupEvent start, MeterRegistry metrics) {
    // Any call makes the connector read its settings now, and not at the first login.
    chosen().reaches(Country.DEFAULT);
    Gauge.builder("identities.linkedin.connector", () -> 1)
        .description("The way to LinkedIn that this replica uses, as a tag; always 1")
        .tag("connector", name())
        .register(metrics);
    if (name().equals("sandbox") && LaunchMode.current() == LaunchMode.NORMAL) {
      LOG.warn(
          "identities.linkedin.connector is sandbox: logins are played, none reaches LinkedIn.");
    }
  }

  private String name() {
    return settings
        .connector()
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "identities.linkedin.connector is not set: use sandbox or webdriver."));
  }
}
