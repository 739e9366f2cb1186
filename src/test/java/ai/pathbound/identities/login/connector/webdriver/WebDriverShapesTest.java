package ai.pathbound.identities.login.connector.webdriver;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The shapes of the contract, with a Chromium that chromedriver opens. */
@Tag("faults")
class WebDriverShapesTest extends BrowserShapes {
  @RegisterExtension
  static final FarmExtension<ChromeDriver> FARM = FarmExtension.ofReused(ChromeDriver::new);

  @Override
  FarmExtension<?> farm() {
    return FARM;
  }

  @Override
  protected Duration patience() {
    return Duration.ofSeconds(60);
  }
}
