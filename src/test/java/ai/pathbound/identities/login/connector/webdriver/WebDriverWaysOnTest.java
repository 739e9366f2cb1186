package ai.pathbound.identities.login.connector.webdriver;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ways on of the contract, with a Chromium that chromedriver opens. */
@Tag("faults")
class WebDriverWaysOnTest extends BrowserWaysOn {
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
