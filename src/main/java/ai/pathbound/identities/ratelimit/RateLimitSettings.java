package ai.pathbound.identities.ratelimit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many requests a tenant may send. */
@ConfigMapping(prefix = "identities.requests")
public interface RateLimitSettings {
  /**
   * Number of requests that each replica accepts from one tenant within a {@link #window}; 0: no
   * limit.
   */
  @WithDefault("0")
  int budget();

  /** The time in which an empty budget is full again; it fills evenly. */
  @WithDefault("1M")
  Duration window();
}
