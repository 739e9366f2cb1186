package ai.pathbound.identities.login.connector.sandbox;

import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.LinkedInShapesContract;
import java.time.Duration;
import java.time.Instant;

/** The sandbox has no pages: it ignores the tags of their shapes. */
class SandboxShapesTest extends LinkedInShapesContract {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-04-29T12:00:00Z"));

  @Override
  protected LinkedInConnector connector() {
    return Sandboxes.confirmingAfter(confirmAfter(), clock);
  }

  @Override
  protected boolean playsShapes() {
    return false;
  }

  @Override
  protected void loginPage(String tag) {
    // There is none.
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
