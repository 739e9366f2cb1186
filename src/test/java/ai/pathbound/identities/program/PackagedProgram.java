package ai.pathbound.identities.program;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The production environment of a {@code @QuarkusIntegrationTest}, given to it as settings. */
public class PackagedProgram implements QuarkusTestResourceLifecycleManager {
  private ProductionEnvironment surroundings;

  @Override
  public Map<String, String> start() {
    surroundings =
        ProductionEnvironment.start(
            Map.of(
                "IDENTITIES_DATABASE_PATIENCE", "30s",
                // Its clock is the machine's: a test must see what waits and what runs meanwhile.
                "IDENTITIES_LINKEDIN_SANDBOX_CONFIRM_AFTER", "3s",
                "IDENTITIES_LINKEDIN_SANDBOX_SLOW_FOR", "8s"));
    Map<String, String> settings = new HashMap<>();
    surroundings.environment().forEach((name, value) -> settings.put(propertyOf(name), value));
    return settings;
  }

  /** The setting that an environment variable of ours stands for. */
  private static String propertyOf(String variable) {
    String dotted = variable.toLowerCase(Locale.ROOT).replace('_', '.');
    return dotted
        .replace("confirm.after", "confirm-after")
        .replace("slow.for", "slow-for")
        .replace("unavailable.countries", "unavailable-countries")
        .replace("confirmation.interval", "confirmation-interval")
        .replace("service.role", "service-role")
        .replace("automatic.pause.at.least", "automatic-pause.at-least");
  }

  @Override
  public void stop() {
    if (surroundings != null) {
      surroundings.close();
    }
  }
}
