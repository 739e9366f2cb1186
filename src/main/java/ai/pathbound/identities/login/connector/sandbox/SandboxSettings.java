package ai.pathbound.identities.login.connector.sandbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How the sandbox plays. */
@ConfigMapping(prefix = "identities.linkedin.sandbox")
public interface SandboxSettings {
  /** How long after it was raised an app approval or an e-mail link is given by itself. */
  @WithDefault("3s")
  Duration confirmAfter();

  /** How long a login with the tag {@code slow} stays running. */
  @WithDefault("20s")
  Duration slowFor();

  /**
   * Countries to which the sandbox has no way out, by their ISO 3166-1 alpha-2 codes, separated by
   * commas. None unless set.
   */
  Optional<Set<String>> unavailableCountries();
}
