package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.WaysOnContract;
import ai.pathbound.identities.login.connector.webdriver.standin.StandInLinkedIn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The ways on of the contract, with a real Chromium of some farm at the stand-in. */
abstract class BrowserWaysOn extends WaysOnContract {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-04-29T12:00:00Z"));
  private final List<WebDriverConnector> connectors = new ArrayList<>();
  private StandInLinkedIn linkedIn;

  /** Where the browsers are. */
  abstract FarmExtension<?> farm();

  /** What is set for a connector at that farm. */
  abstract WebDriverSetup setup();

  @BeforeEach
  void startLinkedIn() {
    linkedIn = new StandInLinkedIn(0, clock);
  }

  @AfterEach
  void stopLinkedIn() {
    linkedIn.close();
    connectors.forEach(WebDriverConnector::close);
    assertEquals(0, linkedIn.passwordsInAddresses());
  }

  @Override
  protected LinkedInConnector connector() {
    WebDriverConnector connector =
        farm()
            .connector(
                setup()
                    .with("endpoint", farm().endpoint())
                    .with("settle-time", "1s")
                    .with("base-url", linkedIn.address()));
    connectors.add(connector);
    return connector;
  }

  @Override
  protected boolean playsShapes() {
    return true;
  }

  @Override
  protected void advance(Duration duration) {
    clock.advance(duration);
  }

  @Override
  protected Duration confirmAfter() {
    return Duration.ofSeconds(3);
  }

  @Override
  protected OptionalInt resends() {
    return OptionalInt.of(linkedIn.resends());
  }

  @Override
  protected OptionalInt passwordsSent() {
    return OptionalInt.of(linkedIn.passwordsSent());
  }
}
