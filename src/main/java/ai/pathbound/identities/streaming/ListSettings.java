package ai.pathbound.identities.streaming;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a list without a limit may take. */
@ConfigMapping(prefix = "identities.lists")
public interface ListSettings {
  /**
   * How long a list that is too long for one page may hold its database connection, from its first
   * row to the moment when the client has taken the last one. Then the transfer is broken off: a
   * client that reads more slowly can ask for pages.
   */
  @WithDefault("5M")
  Duration patience();
}
