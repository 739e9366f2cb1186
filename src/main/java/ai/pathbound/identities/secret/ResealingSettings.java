package ai.pathbound.identities.secret;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * The pace at which a replica seals under the first key what another key sealed; several replicas
 * share the work.
 */
@ConfigMapping(prefix = "identities.secrets.resealing")
public interface ResealingSettings {
  /** How many values of each column are resealed at a time; 0: this replica reseals none. */
  @WithDefault("50")
  int batch();

  /** The time from one batch to the next, while there is work; a second at least. */
  @WithDefault("1s")
  Duration interval();

  /** How often the values under other keys are counted. */
  @WithDefault("30s")
  Duration countInterval();
}
