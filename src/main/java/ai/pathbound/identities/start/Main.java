package ai.pathbound.identities.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Starts the program, or says what is missing for that: one line for each setting, and nothing of a
 * stack trace.
 */
@QuarkusMain
public final class Main {
  /** {@code EX_CONFIG} of BSD's sysexits: something is wrong with the configuration. */
  private static final int UNFIT_CONFIGURATION = 78;

  Main() {}

  /** Ends with exit code 78 where settings are missing or unfit. */
  public static void main(String... args) {
    if (isPackaged()) {
      SmallRyeConfig settings = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
      List<String> complaints = StartCheck.of(settings);
      if (!complaints.isEmpty()) {
        complaints.forEach(System.err::println);
        System.exit(UNFIT_CONFIGURATION);
      }
    }
    Quarkus.run(args);
  }

  /** No package holds the devmode room; where it is, it gives the settings that are missing. */
  private static boolean isPackaged() {
    return Main.class.getResource("/ai/pathbound/identities/devmode/DevSettings.class") == null;
  }
}
