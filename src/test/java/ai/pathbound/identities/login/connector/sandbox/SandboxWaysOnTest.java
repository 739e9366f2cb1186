package ai.pathbound.identities.login.connector.sandbox;

import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.WaysOnContract;
import java.time.Duration;
import java.time.Instant;

/** The ways on, as the sandbox plays them. */
class SandboxWaysOnTest extends WaysOnContract {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-04-29T12:00:00Z"));

  @Override
  protected LinkedInConnector connector() {
    return Sandboxes.confirmingAfter(confirmAfter(), clock);
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
