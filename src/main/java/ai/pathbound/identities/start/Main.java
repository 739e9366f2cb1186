package ai.pathbound.identities.start;

import io.quarkus.runtime.LaunchMode;
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

  private Main() {}

  /** Ends with exit code 78 where settings are missing or unfit. */
  public static void main(String... args) {
    if (LaunchMode.current() == LaunchMode.NORMAL) {
      SmallRyeConfig settings = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
      List<String> complaints = StartCheck.of(settings);
      if (!complaints.isEmpty()) {
        complaints.forEach(System.err::println);
        System.exit(UNFIT_CONFIGURATION);
      }
    }
    Quarkus.run(args);
  }
}
