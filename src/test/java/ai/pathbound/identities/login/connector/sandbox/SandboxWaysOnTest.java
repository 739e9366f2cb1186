package ai.pathbound.identities.login.connector.sandbox;

import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.WaysOnContract;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The ways on, as the sandbox plays them. */
class SandboxWaysOnTest extends WaysOnContract {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-04-29T12:00:00Z"));

  @Override
  protected LinkedInConnector connector() {
    return new SandboxConnector(
        new SandboxSettings() {
          @Override
          public Duration confirmAfter() {
            return SandboxWaysOnTest.this.confirmAfter();
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

  @Override
  protected void advance(Duration duration) {
    clock.advance(duration);
  }

  @Override
  protected Duration confirmAfter() {
    return Duration.ofSeconds(3);
  }
}
