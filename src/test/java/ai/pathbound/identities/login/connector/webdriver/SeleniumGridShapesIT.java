package ai.pathbound.identities.login.connector.webdriver;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The shapes of the contract, over a Selenium Grid. */
@Tag("faults")
class SeleniumGridShapesIT extends BrowserShapes {
  @RegisterExtension
  static final FarmExtension<SeleniumGrid> FARM = FarmExtension.ofReused(SeleniumGrid::new);

  @Override
  FarmExtension<?> farm() {
    return FARM;
  }

  @Override
  protected Duration patience() {
    return Duration.ofSeconds(120);
  }
}
