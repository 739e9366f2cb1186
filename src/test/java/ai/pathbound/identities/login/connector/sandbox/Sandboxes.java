package ai.pathbound.identities.login.connector.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Sandboxes for tests. */
final class Sandboxes {
  private Sandboxes() {}

  /** One that reaches every country and is never slow. */
  static SandboxConnector confirmingAfter(Duration confirmAfter, Clock clock) {
    return new SandboxConnector(
        new SandboxSettings() {
          @Override
          public Duration confirmAfter() {
            return confirmAfter;
          }

          @Override
          public Duration slowFor() {
            return Duration.ZERO;
          }

          @Override
          public Optional<Set<String>> unavailableCountries() {
            return Optional.empty();
          }
        },
        clock);
  }
}
