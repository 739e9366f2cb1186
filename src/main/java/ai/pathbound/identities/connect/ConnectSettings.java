package ai.pathbound.identities.connect;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where the page of connect links is reached, and how long links are kept. */
@ConfigMapping(prefix = "identities.connect")
public interface ConnectSettings {
  /**
   * The origin under which browsers reach the page, such as {@code https://connect.example.com}:
   * https without a path, or http to this machine. Without it there are no connect links.
   */
  Optional<String> baseUrl();

  /** Whether tenants may name URLs of this machine, also of http: for trying, in dev mode. */
  @WithDefault("false")
  boolean localUrls();

  /** How long a link that has ended can be asked for; at least a day. */
  @WithDefault("30D")
  Duration keep();

  /** How often links whose time is over are looked for; at most a minute. */
  @WithDefault("1s")
  Duration sweepInterval();
}
