package ai.pathbound.identities.login;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How logins to LinkedIn are done. */
@ConfigMapping(prefix = "identities.linkedin")
public interface LoginSettings {
  /**
   * The way to LinkedIn: {@code sandbox} (no network, scripted outcomes) or {@code webdriver} (a
   * real browser). Production has no default and does not start without it.
   */
  Optional<String> connector();
}
