package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.LinkedInConnectorContract;
import ai.pathbound.identities.login.connector.webdriver.standin.StandInLinkedIn;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The contract, with a real Chromium at the stand-in. */
@Tag("faults")
class WebDriverConnectorTest extends LinkedInConnectorContract {
  private static final List<WebDriverConnector> CONNECTORS = new ArrayList<>();

  @RegisterExtension
  static final FarmExtension<ChromeDriver> FARM = FarmExtension.ofReused(ChromeDriver::new);

  private final SettableClock clock = new SettableClock(Instant.parse("2026-04-29T12:00:00Z"));
  private StandInLinkedIn linkedIn;

  @AfterAll
  static void noBrowserIsLeft() {
    // Not sooner: after each test the harness asks for one more.
    CONNECTORS.forEach(WebDriverConnector::close);
    assertEquals(List.of(), FARM.handedOut());
  }

  @BeforeEach
  void startLinkedIn() {
    linkedIn = new StandInLinkedIn(0, clock);
  }

  @AfterEach
  void stopLinkedIn() {
    linkedIn.close();
  }

  @Override
  protected LinkedInConnector connector() {
    WebDriverConnector connector =
        FARM.connector(
            WebDriverSetup.forTests()
                .with("endpoint", FARM.endpoint())
                .with("base-url", linkedIn.address()));
    CONNECTORS.add(connector);
    return connector;
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
  protected Duration patience() {
    return Duration.ofSeconds(40);
  }

  @Override
  protected OptionalInt passwordsSent() {
    return OptionalInt.of(linkedIn.passwordsSent());
  }

  @Override
  protected OptionalInt browsersOpen() {
    return OptionalInt.of(FARM.handedOut().size());
  }
}
