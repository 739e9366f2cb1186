package ai.pathbound.identities.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Starts the program, or says what is missing for that: one line for each setting, and nothing of a
 * stack trace. Traces are made only where there is a collector to send them to.
 */
@QuarkusMain
public final class Main {
  /** {@code EX_CONFIG} of BSD's sysexits: something is wrong with the configuration. */
  private static final int UNFIT_CONFIGURATION = 78;

  /** Lower than that of any source that somebody writes. */
  private static final int DEFAULT_ORDINAL = 0;

  private static final List<String> COLLECTOR =
      List.of("quarkus.otel.exporter.otlp.endpoint", "quarkus.otel.exporter.otlp.traces.endpoint");

  Main() {}

  /** Ends with exit code 78 where settings are missing or unfit. */
  public static void main(String... args) {
    SmallRyeConfig settings = ConfigProvider.getConfig().unwrap(SmallRyeConfig.class);
    if (isPackaged()) {
      List<String> complaints = StartCheck.of(settings);
      if (!complaints.isEmpty()) {
        complaints.forEach(System.err::println);
        System.exit(UNFIT_CONFIGURATION);
      }
    }
    if (!hasCollector(settings)) {
      System.setProperty("quarkus.otel.sdk.disabled", "true");
    }
    Quarkus.run(args);
  }

  /** No package holds the devmode room; where it is, it gives the settings that are missing. */
  private static boolean isPackaged() {
    return Main.class.getResource("/ai/pathbound/identities/devmode/DevSettings.class") == null;
  }

  /** The framework's own default, a collector on this machine, is nobody's wish. */
  private static boolean hasCollector(SmallRyeConfig settings) {
    return COLLECTOR.stream()
        .map(settings::getConfigValue)
        .anyMatch(
            value ->
                value.getValue() != null
                    && !value.getValue().isBlank()
                    && value.getConfigSourceOrdinal() > DEFAULT_ORDINAL);
  }
}
