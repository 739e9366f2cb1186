package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.login.connector.webdriver.standin.StandInLinkedIn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A stand-in of one test's, and the connectors whose browsers go there. */
final class StandInVisit {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-04-29T12:00:00Z"));
  private final List<WebDriverConnector> connectors = new ArrayList<>();
  private StandInLinkedIn linkedIn;

  StandInLinkedIn begin() {
    linkedIn = new StandInLinkedIn(0, clock);
    return linkedIn;
  }

  void end() {
    linkedIn.close();
    connectors.forEach(WebDriverConnector::close);
    assertEquals(0, linkedIn.passwordsInAddresses());
  }

  /** One more, with browsers of that farm. */
  WebDriverConnector connector(FarmExtension<?> farm, WebDriverSetup setup) {
    WebDriverConnector connector =
        farm.connector(
            setup.with("endpoint", farm.endpoint()).with("base-url", linkedIn.address()));
    connectors.add(connector);
    return connector;
  }

  void advance(Duration duration) {
    clock.advance(duration);
  }
}
