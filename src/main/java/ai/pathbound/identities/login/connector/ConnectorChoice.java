package ai.pathbound.identities.login.connector;

import ai.pathbound.identities.login.LoginSettings;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
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

  /** Chooses among {@code connectors}. */
  public ConnectorChoice(LoginSettings settings, @Any Instance<LinkedInConnector> connectors) {
    this.settings = settings;
    this.connectors = connectors;
  }

  /**
   * The connector for whoever asks for a {@link LinkedInConnector}.
   *
   * @throws IllegalStateException where none is named, or none of that name exists
   */
  @Produces
  @ApplicationScoped
  public LinkedInConnector chosen() {
    String name = name();
    Instance<LinkedInConnector> named = connectors.select(Identifier.Literal.of(name));
    if (!named.isResolvable()) {
      throw new IllegalStateException(
          "identities.linkedin.connector is '" + name + "': use sandbox or webdriver.");
    }
    return named.get();
  }

  /** Whether logins are only played. */
  public boolean isSandbox() {
    return name().equals("sandbox");
  }

  /** Stops a start that could not log anybody in, and warns of one that would only pretend to. */
  void check(@Observes StartupEvent start) {
    chosen();
    if (isSandbox() && LaunchMode.current() == LaunchMode.NORMAL) {
      LOG.warn(
          "identities.linkedin.connector is sandbox: logins are played, none reaches LinkedIn.");
    }
  }

  private String name() {
    return settings
        .connector()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "identities.linkedin.connector is not set: use sandbox or webdriver."));
  }
}
