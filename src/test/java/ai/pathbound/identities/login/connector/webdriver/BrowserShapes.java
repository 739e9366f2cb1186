package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.SettableClock;
import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.LinkedInShapesContract;
import ai.pathbound.identities.login.connector.webdriver.standin.LoginShape;
import ai.pathbound.identities.login.connector.webdriver.standin.StandInLinkedIn;
import ai.pathbound.identities.login.session.StoredSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The shapes of the contract, with a real Chromium of some farm at the stand-in. */
abstract class BrowserShapes extends LinkedInShapesContract {
  private static final Set<String> NEVER_SENT =
      Set.of("login-no-script", "login-unhandled", "login-submits-itself", "login-resets-itself");

  private final SettableClock clock = new SettableClock(Instant.parse("2026-04-29T12:00:00Z"));
  private final List<WebDriverConnector> connectors = new ArrayList<>();
  private StandInLinkedIn linkedIn;
  private String settleTime = "1s";
  private String landingTimeout = "15s";

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
                    .with("settle-time", settleTime)
                    .with("landing-timeout", landingTimeout)
                    .with("base-url", linkedIn.address()));
    connectors.add(connector);
    return connector;
  }

  @Override
  protected boolean playsShapes() {
    return true;
  }

  @Override
  protected void loginPage(String tag) {
    // What is imported later than anything asked for is waited for as long as a page may settle.
    settleTime = tag.equals("login-formless-late") ? "3s" : settleTime;
    // What is not sent is tried for that long.
    landingTimeout = NEVER_SENT.contains(tag) ? "6s" : landingTimeout;
    linkedIn.shape(
        LoginShape.valueOf(
            tag.substring("login-".length()).toUpperCase(Locale.ROOT).replace('-', '_')));
  }

  @Override
  protected void assertHonoured(StoredSession session) {
    assertTrue(linkedIn.honoursOneIn(session.content().reveal()), "a void session is kept");
  }

  @Override
  protected OptionalInt pressedInVain() {
    return OptionalInt.of(linkedIn.pressed());
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
  protected OptionalInt passwordsSent() {
    return OptionalInt.of(linkedIn.passwordsSent());
  }
}
