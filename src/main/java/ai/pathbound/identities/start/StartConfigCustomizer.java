package ai.pathbound.identities.start;

import io.quarkus.runtime.PreventFurtherStepsException;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.PropertiesLocationConfigSourceFactory;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Has the last word while the framework reads the settings of this process: stops a start that
 * cannot succeed, with one line for each setting and exit code 78, and derives the settings that
 * follow from others.
 *
 * <p>Nothing of ours runs before the framework. In a native executable the configuration that is
 * there before it is the build's, without the environment of this process.
 */
public final class StartConfigCustomizer
    implements SmallRyeConfigBuilderCustomizer, ConfigSourceFactory {
  /** {@code EX_CONFIG} of BSD's sysexits.h: something is wrong with the configuration. */
  private static final int EX_CONFIG = 78;

  /** Above system properties (400): derived settings cannot be overridden. */
  private static final int ORDINAL = 500;

  /** Below every configured source. */
  private static final int DEFAULT_ORDINAL = 0;

  /** Set by the framework at run time only; the build reads the settings, too. */
  private static final String RUN_TIME_ONLY = "quarkus.uuid";

  private static final List<String> COLLECTOR =
      List.of("quarkus.otel.exporter.otlp.endpoint", "quarkus.otel.exporter.otlp.traces.endpoint");

  private static final int PRIORITY_OF_CONVERTER = 100;

  /** For the framework's service loader. */
  public StartConfigCustomizer() {}

  @Override
  public void configBuilder(SmallRyeConfigBuilder builder) {
    builder.withSources(this);
  }

  /**
   * The derived settings.
   *
   * @throws PreventFurtherStepsException where settings are missing or unfit, once standard error
   *     says so
   */
  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    if (context.getValue(RUN_TIME_ONLY).getValue() == null) {
      return List.of();
    }
    SmallRyeConfig settings = read(context);
    if (isPackaged()) {
      List<String> complaints = StartCheck.of(settings);
      if (!complaints.isEmpty()) {
        complaints.forEach(System.err::println);
        // The framework takes the exception for a successful start; asyncExit() makes the program
        // end.
        Quarkus.asyncExit(EX_CONFIG);
        throw new PreventFurtherStepsException(EX_CONFIG);
      }
    }
    return List.of(new PropertiesConfigSource(derived(settings), "derived settings", ORDINAL));
  }

  private static Map<String, String> derived(SmallRyeConfig settings) {
    Map<String, String> derived = new HashMap<>();
    if (!hasCollector(settings)) {
      derived.put("quarkus.otel.sdk.disabled", "true");
    }
    if (StartCheck.migrates(settings)) {
      derived.put(StartCheck.MIGRATE_AND_EXIT, "true");
      // The framework's own way waits five seconds for a stop that cannot come before it has begun.
      derived.put(StartCheck.INIT_AND_EXIT, "false");
    }
    return derived;
  }

  /** All configured values, from the sources and the files that they name. */
  private static SmallRyeConfig read(ConfigSourceContext context) {
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withProfiles(context.getProfiles())
            .withConverter(Duration.class, PRIORITY_OF_CONVERTER, new DurationConverter());
    for (ConfigSource source : context.getConfigSources()) {
      builder.withSources(new Unchanged(source));
    }
    for (ConfigSource file :
        new PropertiesLocationConfigSourceFactory().getConfigSources(context)) {
      builder.withSources(file);
    }
    return builder.build();
  }

  /** No package contains the devmode room; where it is present, it supplies missing settings. */
  private static boolean isPackaged() {
    return StartConfigCustomizer.class.getResource(
            "/ai/pathbound/identities/devmode/DevConfigSourceFactory.class")
        == null;
  }

  /** The framework's own default, a collector on this machine, does not turn traces on. */
  private static boolean hasCollector(SmallRyeConfig settings) {
    return COLLECTOR.stream()
        .map(settings::getConfigValue)
        .anyMatch(
            value ->
                value.getValue() != null
                    && !value.getValue().isBlank()
                    && value.getConfigSourceOrdinal() > DEFAULT_ORDINAL);
  }

  /** A source that keeps its names: the library adds names to the environment's while it reads. */
  private record Unchanged(ConfigSource source) implements ConfigSource {
    @Override
    public Set<String> getPropertyNames() {
      return source.getPropertyNames();
    }

    @Override
    public String getValue(String name) {
      return source.getValue(name);
    }

    @Override
    public String getName() {
      return source.getName();
    }

    @Override
    public int getOrdinal() {
      return source.getOrdinal();
    }
  }
}
