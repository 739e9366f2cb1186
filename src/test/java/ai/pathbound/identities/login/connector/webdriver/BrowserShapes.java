package ai.pathbound.identities.login.connector.webdriver;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.pathbound.identities.login.connector.LinkedInConnector;
import ai.pathbound.identities.login.connector.LinkedInShapesContract;
import ai.pathbound.identities.login.connector.webdriver.standin.LoginShape;
import ai.pathbound.identities.login.connector.webdriver.standin.StandInLinkedIn;
import ai.pathbound.identities.login.session.StoredSession;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The shapes of the contract, with a real Chromium of some farm at the stand-in. */
abstract class BrowserShapes extends LinkedInShapesContract {
  private static final Set<String> NEVER_SENT =
      Set.of("login-no-script", "login-unhandled", "login-submits-itself", "login-resets-itself");

  private final StandInVisit visit = new StandInVisit();
  private StandInLinkedIn linkedIn;
  private String settleTime = "1s";
  private String landingTimeout = "15s";

  /** Where the browsers are. */
  abstract FarmExtension<?> farm();

  @BeforeEach
  void startLinkedIn() {
    linkedIn = visit.begin();
  }

  @AfterEach
  void stopLinkedIn() {
    visit.end();
  }

  @Override
  protected LinkedInConnector connector() {
    return visit.connector(
        farm(),
        WebDriverSetup.forTests()
            .with("settle-time", settleTime)
            .with("landing-timeout", landingTimeout));
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
    visit.advance(duration);
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
