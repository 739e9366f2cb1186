package ai.pathbound.identities.devmode;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Logs a token and how to use it when dev mode starts. */
@ApplicationScoped
@IfBuildProfile("dev")
public class DevGreeting {
  private static final Logger LOG = Logger.getLogger(DevGreeting.class);

  void greet(@Observes StartupEvent event) {
    LOG.infof(
        "A token for tenant acme with all scopes, good for %d hours (more: GET /dev/token):%n"
            + "export TOKEN=%s",
        DevTokens.LIFETIME.toHours(), DevTokens.mint("acme", "dev", DevTokens.ALL_SCOPES));
  }
}
